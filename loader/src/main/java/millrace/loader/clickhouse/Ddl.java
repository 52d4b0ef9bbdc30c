package millrace.loader.clickhouse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import millrace.contract.pipeline.TableName;
import millrace.contract.pipeline.TableOptions;
import millrace.loader.codec.RowBlock;
import millrace.loader.plan.ColumnSpec;
import millrace.loader.plan.TablePlan;
import millrace.loader.plan.TableSpec;
import millrace.loader.plan.TargetTable;

/**
 * The statements sent to ClickHouse.
 *
 * @param cluster the cluster whose replicas share the tables, empty for a single server
 */
public record Ddl(String cluster) {
    /** The loader's own database: staging tables and the audit table. */
    public static final String OWN = "millrace";

    static final TableName LOADS = new TableName(OWN, "loads");

    private static final String PLAIN = "MergeTree";

    /** Rows are there when the server says so, equal blocks are not taken for one, and a block may touch any partition. */
    private static final String INSERT_SETTINGS =
            "async_insert = 0, insert_deduplicate = 0, max_partitions_per_insert_block = 0";

    /** Where models of what was loaded are built. */
    static final String MODELS = "analytics";

    public static String quoted(String name) {
        return '`' + name.replace("\\", "\\\\").replace("`", "\\`") + '`';
    }

    public static String quoted(TableName table) {
        return quoted(table.schema()) + "." + quoted(table.table());
    }

    public static String literal(String text) {
        return '\'' + text.replace("\\", "\\\\").replace("'", "\\'") + '\'';
    }

    /** What {@code init} runs. Each statement may be run again. */
    List<String> init(String database) {
        return List.of(
                createDatabase(database),
                createDatabase(MODELS),
                createDatabase(OWN),
                createLoads(),
                addReplaced(),
                addTableRows());
    }

    String createDatabase(String database) {
        return "CREATE DATABASE IF NOT EXISTS " + quoted(database) + onCluster();
    }

    String createLoads() {
        return """
                CREATE TABLE IF NOT EXISTS %s%s (
                  run_id String COMMENT 'Identifies the run of the loader',
                  pipeline String COMMENT 'Name of the pipeline',
                  `table` String COMMENT 'The table loaded',
                  source String COMMENT 'The table it was loaded from',
                  mode String COMMENT 'How it was loaded',
                  started_at DateTime64(6, 'UTC') COMMENT 'When the load began',
                  finished_at DateTime64(6, 'UTC') COMMENT 'When the load ended',
                  rows UInt64 COMMENT 'Rows published; 0 when it failed',
                  table_rows UInt64 COMMENT 'Rows that the table then had in all; 0 when it failed',
                  bytes UInt64 COMMENT 'Bytes that the source sent',
                  replaced UInt64 COMMENT 'Values that became NULL, empty or mere text because they did not fit',
                  seconds Float64 COMMENT 'Time from beginning to end',
                  outcome String COMMENT 'done or failed',
                  sentence String COMMENT 'What was done, or why it failed'
                ) ENGINE = %s ORDER BY (started_at, `table`) COMMENT 'One row per load of a table'""".formatted(quoted(LOADS), onCluster(), engine(""));
    }

    /** Tables made by earlier versions have no such column. */
    String addReplaced() {
        return "ALTER TABLE " + quoted(LOADS) + onCluster() + " ADD COLUMN IF NOT EXISTS replaced UInt64"
                + " COMMENT 'Values that became NULL, empty or mere text because they did not fit' AFTER bytes";
    }

    /** Tables made by earlier versions have no such column. */
    String addTableRows() {
        return "ALTER TABLE " + quoted(LOADS) + onCluster() + " ADD COLUMN IF NOT EXISTS table_rows UInt64 DEFAULT rows"
                + " COMMENT 'Rows that the table then had in all; 0 when it failed' AFTER rows";
    }

    String onCluster() {
        return cluster.isEmpty() ? "" : " ON CLUSTER " + quoted(cluster);
    }

    /** On a cluster every engine becomes its replicated kind, whose path and replica name are the servers' own setting. */
    private String engine(String declared) {
        String engine = declared.isEmpty() ? PLAIN : declared;
        return cluster.isEmpty() || engine.startsWith("Replicated") || engine.startsWith("Shared")
                ? engine
                : "Replicated" + engine;
    }

    /** Whether a table is more than the plain one that rows are staged in. */
    boolean needsAssembly(TableSpec table) {
        return !engine(table.options().engine()).equals(PLAIN)
                || !table.options().ttl().isEmpty();
    }

    /** The statement that makes the table as it will be, under the given name. */
    String create(TablePlan plan, TableName name) {
        TableOptions options = plan.spec().options();
        return create(plan, name, onCluster(), engine(options.engine()), options.ttl(), Map.of());
    }

    /**
     * The statements that make a table of one server to stage rows in. Its engine neither merges nor forgets rows, so that they
     * can be counted; its parts fit the table that they go to.
     *
     * @param settings beside those that the table will have
     */
    List<String> stage(TablePlan plan, TableName name, Map<String, String> settings) {
        if (!plan.extent().keepsRows()) {
            return List.of(create(plan, name, "", PLAIN, "", settings));
        }
        TargetTable target = plan.before().orElseThrow();
        List<String> statements = new ArrayList<>();
        statements.add(
                "CREATE TABLE " + quoted(name) + " AS " + quoted(plan.spec().target()) + " ENGINE = " + PLAIN
                        + clause(" PARTITION BY ", target.partitionKey()) + " ORDER BY "
                        + (target.sortingKey().isEmpty() ? "tuple()" : inParentheses(target.sortingKey()))
                        + clause(" PRIMARY KEY ", inParentheses(target.primaryKey()))
                        + " SETTINGS allow_nullable_key = 1"
                        + (Nesting.isSeenIn(plan.spec()) ? ", " + Nesting.SETTING + " = 0" : "") + " COMMENT "
                        + literal(TableComment.of(plan)));
        Publication.added(plan).forEach(column -> statements.add(addColumn(name, column)));
        return statements;
    }

    private static String clause(String keyword, String expression) {
        return expression.isEmpty() ? "" : keyword + expression;
    }

    private static String inParentheses(String expressions) {
        return expressions.isEmpty() ? "" : "(" + expressions + ")";
    }

    private static String create(
            TablePlan plan, TableName name, String onCluster, String engine, String ttl, Map<String, String> more) {
        TableSpec table = plan.spec();
        Stream<String> computed =
                table.options().rowId().isEmpty() ? Stream.of() : Stream.of(new RowId(table).definition());
        String body = Stream.of(table.columns().stream().map(Ddl::column), computed, table.options().hidden().stream())
                .flatMap(lines -> lines)
                .collect(Collectors.joining(",\n  ", "  ", ""));
        String orderBy = table.options().orderBy().isEmpty()
                ? table.key().stream().map(Ddl::quoted).collect(Collectors.joining(", "))
                : table.options().orderBy();
        return "CREATE TABLE " + quoted(name) + onCluster + " (\n" + body + "\n) ENGINE = " + engine
                + clause(" PARTITION BY ", table.options().partitionBy())
                + " ORDER BY " + (orderBy.isEmpty() ? "tuple()" : inParentheses(orderBy))
                + clause(" TTL ", ttl)
                + settings(table, orderBy, more)
                + " COMMENT " + literal(TableComment.of(plan));
    }

    private static String settings(TableSpec table, String orderBy, Map<String, String> more) {
        Map<String, String> settings = new LinkedHashMap<>(table.options().settings());
        settings.putAll(more);
        boolean nullableKey = table.columns().stream()
                .anyMatch(column -> column.target().nullable() && orderBy.contains(column.name()));
        if (nullableKey) {
            settings.putIfAbsent("allow_nullable_key", "1");
        }
        if (Nesting.isSeenIn(table)) {
            settings.putIfAbsent(Nesting.SETTING, "0");
        }
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + " = " + value(setting.getValue()))
                .collect(Collectors.joining(", ", settings.isEmpty() ? "" : " SETTINGS ", ""));
    }

    private static String value(String setting) {
        return setting.matches("-?[0-9]+(\\.[0-9]+)?") ? setting : literal(setting);
    }

    private static String column(ColumnSpec column) {
        String compression = column.compression().isEmpty() ? "" : " CODEC(" + column.compression() + ")";
        return quoted(column.name()) + " " + column.clickhouseType() + compression;
    }

    static String addColumn(TableName table, ColumnSpec column) {
        return "ALTER TABLE " + quoted(table) + " ADD COLUMN " + column(column);
    }

    /** Waits until every replica has the rows that were attached to one of them. */
    Optional<String> awaitReplicas(TableName table) {
        return cluster.isEmpty()
                ? Optional.empty()
                : Optional.of("SYSTEM SYNC REPLICA" + onCluster() + " " + quoted(table));
    }

    static String drop(TableName table, String onCluster) {
        return "DROP TABLE IF EXISTS " + quoted(table) + onCluster + " SYNC";
    }

    /** @param settings beside the usual ones, empty for none */
    static String insert(TableSpec table, TableName into, String settings) {
        String columns = Stream.concat(
                        table.columns().stream().map(ColumnSpec::name),
                        table.quarantines() ? Stream.of(RowBlock.REFUSED) : Stream.empty())
                .map(Ddl::quoted)
                .collect(Collectors.joining(", "));
        return "INSERT INTO " + quoted(into) + " (" + columns + ") SETTINGS " + INSERT_SETTINGS + clause(", ", settings)
                + " FORMAT Native";
    }
}
