package millrace.loader.clickhouse;

import java.util.List;
import java.util.stream.Collectors;
import millrace.loader.codec.BlockColumn;
import millrace.loader.plan.TableName;
import millrace.loader.plan.TableSpec;

/** The statements sent to ClickHouse. */
final class Ddl {
    /** The loader's own database: staging tables and the audit table. */
    static final String OWN = "millrace";

    static final TableName LOADS = new TableName(OWN, "loads");
    /** Where dbt puts its models. */
    private static final String MODELS = "analytics";

    private Ddl() {}

    static String quoted(String name) {
        return '`' + name.replace("\\", "\\\\").replace("`", "\\`") + '`';
    }

    static String quoted(TableName table) {
        return quoted(table.schema()) + "." + quoted(table.table());
    }

    static String literal(String text) {
        return '\'' + text.replace("\\", "\\\\").replace("'", "\\'") + '\'';
    }

    /** What {@code init} runs. Each statement may be run again. */
    static List<String> init(String database) {
        return List.of(
                "CREATE DATABASE IF NOT EXISTS " + quoted(database),
                "CREATE DATABASE IF NOT EXISTS " + MODELS,
                "CREATE DATABASE IF NOT EXISTS " + OWN,
                """
                CREATE TABLE IF NOT EXISTS %s (
                  run_id String COMMENT 'Identifies the run of the loader',
                  pipeline String COMMENT 'Name of the pipeline',
                  `table` String COMMENT 'The table loaded',
                  source String COMMENT 'The table it was loaded from',
                  mode String COMMENT 'How it was loaded',
                  started_at DateTime64(6, 'UTC') COMMENT 'When the load began',
                  finished_at DateTime64(6, 'UTC') COMMENT 'When the load ended',
                  rows UInt64 COMMENT 'Rows published; 0 when it failed',
                  bytes UInt64 COMMENT 'Bytes that the source sent',
                  seconds Float64 COMMENT 'Time from beginning to end',
                  outcome String COMMENT 'done or failed',
                  sentence String COMMENT 'What was done, or why it failed'
                ) ENGINE = MergeTree ORDER BY (started_at, `table`) COMMENT 'One row per load of a table'""".formatted(quoted(LOADS)));
    }

    /** The statement that makes a table of the plan's shape under the given name. */
    static String create(TableSpec table, TableName name) {
        List<BlockColumn> columns = table.targetColumns();
        String body = columns.stream()
                .map(column -> "  " + quoted(column.name()) + " " + column.clickhouseType())
                .collect(Collectors.joining(",\n"));
        String key = table.key().stream().map(Ddl::quoted).collect(Collectors.joining(", ", "(", ")"));
        boolean nullableKey = columns.stream()
                .anyMatch(column -> column.nullable() && table.key().contains(column.name()));
        return "CREATE TABLE " + quoted(name) + " (\n" + body + "\n) ENGINE = MergeTree ORDER BY "
                + (table.key().isEmpty() ? "tuple()" : key)
                + (nullableKey ? " SETTINGS allow_nullable_key = 1" : "")
                + " COMMENT " + literal("Loaded by Millrace from " + table.source());
    }

    static String insert(TableSpec table, TableName into) {
        String columns =
                table.columns().stream().map(column -> quoted(column.name())).collect(Collectors.joining(", "));
        return "INSERT INTO " + quoted(into) + " (" + columns + ") FORMAT Native";
    }
}
