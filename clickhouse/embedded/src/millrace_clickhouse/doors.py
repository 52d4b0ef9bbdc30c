"""
Every part of the engine through which a statement can leave its data: what is open, what leads to another server (open
to allowed hosts alone), what is closed. What a later version adds is closed until it is named here. All in lower case.
"""

from __future__ import annotations


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Table functions and engines that stay inside the engine.
INSIDE = _names("""
    cluster clusterallreplicas dictionary fuzzquery generate_series generateseries loop merge
    mergetreeanalyzeindexes mergetreeanalyzeindexesuuid mergetreecodecblockcounts mergetreeindex
    mergetreeprojection mergetreetextindex numbers numbers_mt primes prometheusquery prometheusqueryrange
    timeseriesdata timeseriesmetricfamilies timeseriesmetrics timeseriessamples timeseriesselector
    timeseriestags view viewexplain viewifpermitted zeros zeros_mt
""")
# Those that take the columns of a table as a text, defaults included, which the engine reads when it runs.
WITH_COLUMNS = _names("""
    format fuzzjson generaterandom input null sqlstandardvalues values
""")
# Those whose first argument says where they connect to.
OUTGOING = _names("""
    azureblobstorage azureblobstoragecluster cosn gcs mongodb mysql oss postgresql redis remote remotesecure s3
    s3cluster url urlcluster
""")
CLOSED_FUNCTIONS = _names("""
    aiclassify aiembed aiextract aifilter aigenerate airedact aisimilarity aitranslate arrowstream bigquery
    catboostevaluate deltalake deltalakeazure deltalakeazurecluster deltalakecluster deltalakelocal deltalakes3
    deltalakes3cluster eval executable file filecluster filesystem hdfs hdfscluster hudi hudicluster iceberg
    icebergazure icebergazurecluster icebergcluster iceberghdfs iceberghdfscluster iceberglocal
    iceberglocalcluster icebergs3 icebergs3cluster jdbc odbc paimon paimonazure paimonazurecluster paimoncluster
    paimonhdfs paimonhdfscluster paimonlocal paimons3 paimons3cluster python sqlite ytsaurus
""")
# Those that a user who only reads may call: of the ones that others may, those without a text of columns.
READERS = INSIDE - {"cluster", "clusterallreplicas", "fuzzquery", "merge", "viewexplain"}

ENGINES_INSIDE = _names("""
    aggregatingmergetree alias atomic buffer coalescingmergetree collapsingmergetree dictionary distributed
    embeddedrocksdb fuzzquery generaterandom graphitemergetree join keepermap log loop materializedview memory
    merge mergetree null ordinary replacingmergetree replicated replicatedaggregatingmergetree
    replicatedcoalescingmergetree replicatedcollapsingmergetree replicatedgraphitemergetree replicatedmergetree
    replicatedreplacingmergetree replicatedsummingmergetree replicatedversionedcollapsingmergetree set stripelog
    summingmergetree timeseries tinylog versionedcollapsingmergetree view
""")
ENGINES_OUTGOING = _names("""
    azureblobstorage cosn gcs mongodb mysql oss postgresql redis remote remotesecure s3 url
""")
CLOSED_ENGINES = _names("""
    arrowstream azurequeue backup bigquery datalakecatalog deltalake deltalakeazure deltalakelocal deltalakes3
    executable executablepool file filelog filesystem fuzzjson hdfs hudi iceberg icebergazure iceberghdfs
    iceberglocal icebergs3 jdbc kafka materializedpostgresql odbc paimon paimonazure paimonhdfs paimonlocal
    paimons3 queryrunner s3queue sqlite ytsaurus
""")

SOURCES_INSIDE = frozenset({"null"})
SOURCES_OUTGOING = _names("""
    cassandra clickhouse http mongodb mysql postgresql redis
""")
CLOSED_SOURCES = _names("""
    executable executable_pool file jdbc odbc yamlregexptree ytsaurus
""")

# Kinds of statements, as the parser names them; SHOW, CREATE, DROP and MOVE are those of users, roles and policies.
STATEMENTS_READING = _names("""
    describequery existsdatabasequery existsdictionaryquery existstablequery existsviewquery explain
    selectintersectexceptquery selectwithunionquery set showcolumns showcreatedatabasequery
    showcreatedictionaryquery showcreatetablequery showcreateviewquery showenginequery showfunctions showgrantsquery
    showindexes showprivilegesquery showsetting showtables usequery
""")
STATEMENTS = STATEMENTS_READING | _names("""
    alternamedcollectionquery alterquery asttransactioncontrol attachquery checkallquery checkgrantquery checkquery
    create createhypotheticalindexquery createindexquery createnamedcollectionquery createquery createquotaquery
    createresourcequery createrolequery createsettingsprofilequery createsqlfunctionquery createuserquery
    createworkloadquery deletequery describecachequery detachquery drop drophypotheticalindexquery
    dropfunctionquery dropindexquery dropnamedcollectionquery dropquery dropresourcequery dropworkloadquery
    grantquery insertquery killqueryquery move optimizequery rename setrolequery show showaccessquery
    showprocesslistquery system truncatequery undropquery updatequery
""")

# Settings that name files or servers, or hold SQL that the engine reads when it runs: they stay as they are.
FIXED_SETTINGS = (
    "additional_result_filter",
    "additional_table_filters",
    "ai_function_embedding_default_credentials",
    "ai_function_text_default_credentials",
    "allow_experimental_eval_table_function",
    "allow_introspection_functions",
    "azure_max_redirects",
    "default_view_definer",
    "dialect",
    "filter",
    "format_avro_schema_registry_url",
    "format_schema",
    "format_schema_source",
    "format_template_resultset",
    "format_template_row",
    "implicit_table_at_top_level",
    "input_format_record_errors_file_path",
    "max_http_get_redirects",
    "order",
    "output_format_schema",
    "polyglot_dialect",
    "rename_files_after_processing",
    "s3_base",
    "s3_max_redirects",
    "schema_inference_hints",
    "select",
    "sort",
    "url_base",
)

# Of those, the ones that would lead from an allowed host to another one: none are followed.
NO_REDIRECTS = ("azure_max_redirects", "max_http_get_redirects", "s3_max_redirects")

# What decides where a statement begins and ends: a text means the same whoever looks at it.
PARSER_SETTINGS = ("allow_settings_after_format_in_insert", "implicit_select")

# Expressions among data in the format Values, which no tree shows: off, but for an INSERT whose data has been judged.
EXPRESSIONS_IN_DATA = (
    "input_format_values_interpret_expressions",
    "input_format_values_deduce_templates_of_expressions",
)

# What readers may see of the database `system`: nothing of other users, their statements and their secrets.
SYSTEM_FOR_READERS = _names("""
    columns data_type_families databases dictionaries formats functions numbers numbers_mt one parts settings
    tables zeros zeros_mt
""")
