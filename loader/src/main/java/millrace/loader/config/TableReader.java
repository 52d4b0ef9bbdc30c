package millrace.loader.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import millrace.loader.plan.ColumnOptions;
import millrace.loader.plan.LoadMode;
import millrace.loader.plan.OnRefusal;
import millrace.loader.plan.TableName;
import millrace.loader.plan.TableOptions;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads an item of a pipeline file's list of tables: a mapping, or the bare name of a table. */
final class TableReader {
    private static final List<String> TABLE = List.of(
            "name",
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
            "columns");
    private static final List<String> COLUMN = List.of("type", "on_refusal", "codec");
    private static final List<String> MODES = List.of("full", "incremental");
    private static final List<String> ON_REFUSAL = List.of("stop", "null", "text", "empty");

    private final String schema;
    private final String database;
    private final Problems problems;

    TableReader(String schema, String database, Problems problems) {
        this.schema = schema;
        this.database = database;
        this.problems = problems;
    }

    TableEntry read(Node node) {
        if (node instanceof ScalarNode scalar && !scalar.getValue().isEmpty()) {
            return entry(scalar.getValue(), scalar.getValue(), TableOptions.NONE, Section.line(node));
        }
        Section table = new Section("a table", node, TABLE, problems);
        String name = table.text("name");
        return entry(name, table.text("target", name), options(table), table.line());
    }

    private TableEntry entry(String name, String target, TableOptions options, int line) {
        return new TableEntry(new TableName(schema, name), new TableName(database, target), options, line);
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
                columns(table));
    }

    private LoadMode mode(Section table) {
        String mode = choice(table, "mode", MODES);
        if (mode.equals("incremental")) {
            return new LoadMode.Incremental(table.text("cursor"), table.text("lookback", ""));
        }
        for (String key : List.of("cursor", "lookback")) {
            if (table.node(key).isPresent()) {
                problems.add(table.line(key), "\"" + key + "\" is for tables with \"mode: incremental\".");
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
                    problems.add(section.line(name), "\"" + name + "\" cannot be a setting of a table.");
                }
            }
        });
        return settings;
    }

    private Map<String, ColumnOptions> columns(Section table) {
        Map<String, ColumnOptions> columns = new LinkedHashMap<>();
        table.section("columns").ifPresent(section -> {
            for (String name : section.keys()) {
                Section column =
                        new Section("column " + name, section.node(name).orElseThrow(), COLUMN, problems);
                columns.put(
                        name,
                        new ColumnOptions(
                                column.text("type", ""),
                                OnRefusal.valueOf(
                                        choice(column, "on_refusal", ON_REFUSAL).toUpperCase(Locale.ROOT)),
                                column.text("codec", "")));
            }
        });
        return columns;
    }

    /** One of the known words; the first of them when it is none, and that is a problem. */
    private String choice(Section section, String key, List<String> known) {
        String chosen = section.text(key, known.get(0));
        if (known.contains(chosen)) {
            return chosen;
        }
        problems.add(section.line(key), "Unknown " + key + " \"" + chosen + "\"; " + Suggestion.among(known, chosen));
        return known.get(0);
    }
}
