package millrace.contract.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import millrace.contract.failure.Problems;
import millrace.contract.yaml.Section;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads the items of a pipeline file's list of tables: mappings, or bare names and patterns. */
public final class TableReader {
    private static final List<String> TABLE = List.of(
            "name",
            "schema",
            "target",
            "mode",
            "cursor",
            "lookback",
            "key",
            "engine",
            "order_by",
            "partition_by",
            "ttl",
            "settings",
            "columns",
            "adopt",
            "rules",
            "where",
            "row_id",
            "min_rows",
            "max_shrink",
            "expect");
    private static final List<String> COLUMN = List.of("type", "on_refusal", "codec", "drop", "hash");
    private static final List<String> MODES = List.of("full", "incremental");
    private static final List<String> ON_REFUSAL = List.of("stop", "null", "text", "empty", "quarantine");

    private final String schema;
    private final String database;
    private final Problems problems;
    private final List<TableEntry> tables = new ArrayList<>();
    private final List<PatternEntry> patterns = new ArrayList<>();

    public TableReader(String schema, String database, Problems problems) {
        this.schema = schema;
        this.database = database;
        this.problems = problems;
    }

    String database() {
        return database;
    }

    public List<TableEntry> tables() {
        return tables;
    }

    public List<PatternEntry> patterns() {
        return patterns;
    }

    void read(Node node) {
        if (node instanceof ScalarNode scalar && Section.isText(scalar.getValue())) {
            add(scalar.getValue(), "", "", TableOptions.NONE, Section.line(node));
            return;
        }
        Section table = new Section("a table", node, TABLE, problems);
        String target = table.text("target", "");
        add(table.text("name"), table.text("schema", ""), target, options(table), table.line());
    }

    /** A name or pattern of the command line, where a dot always parts schema and table. */
    public void read(String text) {
        TablePattern pattern = TablePattern.parse(text, schema);
        if (pattern.isName()) {
            TableName target = new TableName(database, pattern.name().table());
            tables.add(new TableEntry(pattern.name(), target, TableOptions.NONE, 0));
        } else {
            patterns.add(new PatternEntry(pattern, new TableName(database, "{table}"), TableOptions.NONE, 0));
        }
    }

    /** Only * and ? make a text a pattern, and only there double quotes have a meaning: any other text is a name as it is. */
    private void add(String name, String ownSchema, String target, TableOptions options, int line) {
        boolean wild = TablePattern.hasWildcard(name);
        TablePattern pattern =
                ownSchema.isEmpty() ? TablePattern.parse(name, schema) : TablePattern.within(ownSchema, name);
        if (!wild || pattern.isName()) {
            TableName source = wild ? pattern.name() : new TableName(ownSchema.isEmpty() ? schema : ownSchema, name);
            TableName to = new TableName(database, target.isEmpty() ? source.table() : target);
            tables.add(new TableEntry(source, to, options, line));
            return;
        }
        String template = target.isEmpty() ? "{table}" : target;
        if (template.replace("{schema}", "").replace("{table}", "").contains("{")) {
            problems.add(
                    line,
                    "bad-target",
                    "The target of a pattern may hold {schema} and {table}, not \"" + template + "\".");
        }
        patterns.add(new PatternEntry(pattern, new TableName(database, template), options, line));
    }

    private TableOptions options(Section table) {
        return new TableOptions(
                mode(table),
                table.texts("key"),
                table.text("engine", ""),
                table.text("order_by", ""),
                table.text("partition_by", ""),
                table.text("ttl", ""),
                settings(table),
                columns(table),
                List.of(),
                table.choice("adopt", List.of("false", "true")).equals("true"),
                table.node("rules").map(new RuleReader(schema, problems)::rules).orElse(List.of()),
                table.text("where", ""),
                table.text("row_id", ""),
                guard(table));
    }

    private Guard guard(Section table) {
        Map<String, String> expectations = new LinkedHashMap<>();
        table.section("expect")
                .ifPresent(expect -> expect.keys().forEach(name -> expectations.put(name, expect.text(name))));
        return new Guard(
                number(table, "min_rows", "[0-9]{1,18}", "a number of rows"),
                (int) number(table, "max_shrink", "([0-9]|[1-9][0-9]|100) ?%", "a share from 0 % to 100 %"),
                expectations);
    }

    /** What a guard asks for, without its unit; what it asks for by itself when it is none, and that is a problem. */
    private long number(Section table, String key, String form, String what) {
        long usual = key.equals("min_rows") ? Guard.NONE.minRows() : Guard.NONE.maxShrink();
        String text = table.text(key, "");
        if (text.isEmpty()) {
            return usual;
        }
        if (!text.matches(form)) {
            problems.add(table.line(key), "bad-number", "\"" + key + "\" must be " + what + ", not \"" + text + "\".");
            return usual;
        }
        return Long.parseLong(text.replaceAll("[ %]", ""));
    }

    /** What is for loads alone or for followers alone is a problem elsewhere. */
    void refuseForeign(boolean follows) {
        tables.forEach(table -> refuseForeign(table.options(), table.line(), follows));
        patterns.forEach(pattern -> refuseForeign(pattern.options(), pattern.line(), follows));
    }

    private void refuseForeign(TableOptions options, int line, boolean follows) {
        if (follows) {
            FollowReader.refuseLoaded(options, line, problems);
        } else {
            FollowReader.refuseFollowed(options, line, problems);
        }
    }

    private LoadMode mode(Section table) {
        String mode = table.choice("mode", MODES);
        if (mode.equals("incremental")) {
            return new LoadMode.Incremental(table.text("cursor"), table.text("lookback", ""));
        }
        for (String key : List.of("cursor", "lookback")) {
            if (table.has(key)) {
                problems.add(
                        table.line(key),
                        "for-incremental-tables",
                        "\"" + key + "\" is for tables with \"mode: incremental\".");
            }
        }
        return new LoadMode.Full();
    }

    private Map<String, String> settings(Section table) {
        Map<String, String> settings = new LinkedHashMap<>();
        table.section("settings").ifPresent(section -> {
            for (String name : section.keys()) {
                if (name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
                    settings.put(name, section.text(name));
                } else {
                    problems.add(section.line(name), "bad-setting", "\"" + name + "\" cannot be a setting of a table.");
                }
            }
        });
        return settings;
    }

    private Map<String, ColumnOptions> columns(Section table) {
        Map<String, ColumnOptions> columns = new LinkedHashMap<>();
        table.section("columns").ifPresent(section -> {
            for (String name : section.keys()) {
                columns.put(name, column(name, section));
            }
        });
        return columns;
    }

    private ColumnOptions column(String name, Section columns) {
        Section column = new Section("column " + name, columns.node(name).orElseThrow(), COLUMN, problems);
        OnRefusal onRefusal =
                OnRefusal.valueOf(column.choice("on_refusal", ON_REFUSAL).toUpperCase(Locale.ROOT));
        String codec = column.text("codec", "");
        if (!codec.matches("[A-Za-z0-9_(), ]*")) {
            problems.add(
                    column.line("codec"), "bad-codec", "\"" + codec + "\" cannot be a codec; write it as in ZSTD(3).");
        }
        boolean drop = column.choice("drop", List.of("false", "true")).equals("true");
        boolean hash = column.choice("hash", List.of("none", "sha256")).equals("sha256");
        if ((drop || hash) && column.keys().size() > (column.keys().contains("codec") && hash ? 2 : 1)) {
            String word = drop ? "A column that is dropped" : "A column that is hashed";
            problems.add(
                    column.line(), "foreign-option", word + " has no other options" + (drop ? "." : " but \"codec\"."));
        }
        return new ColumnOptions(column.text("type", ""), onRefusal, codec, drop, hash, column.line());
    }
}
