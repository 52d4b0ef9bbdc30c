package millrace.stream.sink;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import millrace.contract.pipeline.TableName;
import millrace.loader.clickhouse.ClickHouseHttp;
import millrace.loader.clickhouse.Ddl;

/**
 * The views of followed tables: of the rows that readers see, and of those that they don't. Both look at the same rows, so what is
 * good by now is seen at once, and nothing has to be moved.
 */
public final class Views {
    static final TableName QUARANTINE = new TableName(Ddl.OWN, "quarantine");

    private static final String PREFIX = "quarantine.";
    private static final String SHAPE = "pipeline String, source String, key String, reason String, row String,"
            + " commit_time DateTime64(6, 'UTC')";

    private Views() {}

    /** Makes the views of a table, or makes them anew. */
    public static void create(ClickHouseHttp http, String pipeline, FollowedTable table) {
        http.query("CREATE OR REPLACE VIEW " + Ddl.quoted(table.view()) + " AS " + shown(table, table.storage()));
        if (table.hidesRows()) {
            http.query("CREATE OR REPLACE VIEW " + Ddl.quoted(quarantine(table)) + " AS " + hidden(table, pipeline));
        } else {
            http.query("DROP VIEW IF EXISTS " + Ddl.quoted(quarantine(table)));
        }
    }

    private static TableName quarantine(FollowedTable table) {
        return new TableName(Ddl.OWN, PREFIX + table.storage());
    }

    /** Makes the view of all rows of all pipelines that readers do not see. */
    public static void createQuarantine(ClickHouseHttp http) {
        String all = http.query("SELECT name FROM system.tables WHERE database = " + Ddl.literal(Ddl.OWN)
                        + " AND startsWith(name, " + Ddl.literal(PREFIX) + ") ORDER BY name FORMAT TSVRaw")
                .lines()
                .map(name -> "SELECT * FROM " + Ddl.quoted(new TableName(Ddl.OWN, name)))
                .collect(Collectors.joining(" UNION ALL "));
        http.query("CREATE OR REPLACE VIEW " + Ddl.quoted(QUARANTINE) + " AS "
                + (all.isEmpty() ? "SELECT * FROM values('" + SHAPE.replace("'", "\\'") + "') LIMIT 0" : all));
    }

    /** How many rows of a pipeline readers do not see. */
    public static long count(ClickHouseHttp http, String pipeline) {
        return Long.parseLong(http.query(
                        "SELECT count() FROM " + Ddl.quoted(QUARANTINE) + " WHERE pipeline = " + Ddl.literal(pipeline))
                .strip());
    }

    /** What readers see. */
    static String shown(FollowedTable table, TableName storage) {
        List<String> conditions = conditions(table);
        return "SELECT " + Statements.names(table).collect(Collectors.joining(", ")) + " FROM " + rows(table, storage)
                + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions));
    }

    /** What there is, whether readers see it or not. */
    public static String whole(FollowedTable table, TableName storage) {
        return "SELECT " + Statements.names(table).collect(Collectors.joining(", ")) + " FROM " + rows(table, storage);
    }

    private static List<String> conditions(FollowedTable table) {
        List<String> conditions = new ArrayList<>();
        if (table.spec().quarantines()) {
            conditions.add(Hidden.REFUSED + " = ''");
        }
        table.conditions().forEach(condition -> conditions.add(condition.sql()));
        return conditions;
    }

    /** The present rows. */
    private static String rows(FollowedTable table, TableName storage) {
        return table.isKeyed() ? Ddl.quoted(storage) + " FINAL" : multiset(table, storage);
    }

    /** Every row as often as it has come and not gone. */
    private static String multiset(FollowedTable table, TableName storage) {
        List<String> names = Stream.concat(Statements.names(table), Stream.of(Hidden.TIME, Hidden.REFUSED))
                .toList();
        String columns = IntStream.range(0, names.size())
                .mapToObj(i -> "tupleElement(_image, " + (i + 1) + ") AS " + names.get(i))
                .collect(Collectors.joining(", "));
        return "(SELECT " + columns + " FROM (SELECT any(tuple(" + String.join(", ", names) + ")) AS _image, sum("
                + Hidden.SIGN + ") AS _copies FROM " + Ddl.quoted(storage) + " FINAL GROUP BY " + Hidden.ROW
                + " HAVING _copies > 0) ARRAY JOIN range(toUInt64(_copies)))";
    }

    private static String hidden(FollowedTable table, String pipeline) {
        String key = table.spec().key().isEmpty()
                ? "''"
                : table.spec().key().stream()
                        .map(name -> Ddl.literal(name + " = ") + ", toString(" + Ddl.quoted(name) + ")")
                        .collect(Collectors.joining(", ', ', ", "concat(", ", '')"));
        List<String> reasons = new ArrayList<>();
        if (table.spec().quarantines()) {
            reasons.add(Hidden.REFUSED);
        }
        table.conditions()
                .forEach(condition ->
                        reasons.add("if(" + condition.sql() + ", '', " + Ddl.literal(condition.otherwise()) + ")"));
        return "SELECT " + Ddl.literal(pipeline) + " AS pipeline, "
                + Ddl.literal(table.spec().source().toString()) + " AS source, " + key + " AS key,"
                + " arrayStringConcat(arrayFilter(_reason -> _reason != '', [" + String.join(", ", reasons)
                + "]), '; ') AS reason, formatRowNoNewline('JSONEachRow', "
                + Statements.names(table).collect(Collectors.joining(", ")) + ") AS row, " + Hidden.TIME
                + " AS commit_time FROM " + rows(table, table.storage()) + " WHERE NOT ("
                + String.join(" AND ", conditions(table)) + ")";
    }
}
