package millrace.loader.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import millrace.contract.pipeline.TableName;
import millrace.loader.codec.Canonical;
import millrace.loader.plan.ColumnSpec;
import millrace.loader.plan.Extent;
import millrace.loader.plan.Slice;
import millrace.loader.plan.TableSpec;

/** The statements sent to Postgres. */
final class Sql {
    private Sql() {}

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String quoted(TableName table) {
        return quoted(table.schema()) + "." + quoted(table.table());
    }

    /**
     * The COPY that sends one slice of the rows that travel.
     *
     * @param bytes whether texts are to be sent as the bytes they are: the server could not convert them
     */
    static String copy(TableSpec table, Extent extent, Slice slice, boolean bytes) {
        String columns = table.columns().stream()
                .map(column -> bytes ? BytesOfText.selected(column) : selected(column))
                .collect(Collectors.joining(", "));
        String conditions = Stream.concat(rows(table, slice).stream(), conditions(extent).stream())
                .collect(Collectors.joining(" AND "));
        return "COPY (SELECT " + columns + " FROM " + quoted(table.source())
                + (conditions.isEmpty() ? "" : " WHERE " + conditions) + ") TO STDOUT (FORMAT binary)";
    }

    private static List<String> conditions(Extent extent) {
        return switch (extent) {
            case Extent.Everything() -> List.of();
            case Extent.SinceLast since -> {
                List<String> conditions = new ArrayList<>();
                since.floor().ifPresent(floor -> conditions.add(above(floor)));
                conditions.add(madeSince(since.last().moment().oldest()));
                yield conditions;
            }
            case Extent.Range range -> {
                String column = quoted(range.column().name());
                yield List.of(
                        column + " >= " + typed(range.from(), range.column()),
                        column + " < " + typed(range.to(), range.column()));
            }
        };
    }

    /** True when the table has a row, of those that are loaded of it, for which a condition is true. */
    static String exists(TableSpec table, String condition) {
        String conditions = Stream.concat(rows(table, Slice.WHOLE).stream(), Stream.of(condition))
                .collect(Collectors.joining(" AND "));
        return "SELECT EXISTS (SELECT FROM " + quoted(table.source()) + " WHERE " + conditions + ")";
    }

    /**
     * True of a row that may be of a transaction that had begun at the last load: mostly the first block has one. Of a
     * transaction in progress then, the row may have been seen or not.
     */
    static String former(Extent.SinceLast since) {
        return "NOT (" + madeSince(since.last().moment().next()) + ")";
    }

    /** True of a row below those that an incremental load looks at. */
    static String below(Extent.Floor floor) {
        return "NOT " + above(floor);
    }

    private static String above(Extent.Floor floor) {
        String column = quoted(floor.column().name());
        String type = floor.column().mapping().codec().canonical() == Canonical.DATE
                        || floor.column().mapping().codec().canonical() == Canonical.TIMESTAMP
                ? "interval"
                : "numeric";
        return "(" + column + " >= " + typed(floor.highest(), floor.column()) + " - " + literal(floor.distance()) + "::"
                + type + " OR " + column + " IS NULL)";
    }

    /**
     * Row versions of that transaction and later ones. Rows name their transaction by its low 32 bits, which come round again:
     * age() compares them as Postgres itself does, up to two thousand million transactions back
     * (PostgreSQL documentation, "Preventing Transaction ID Wraparound Failures").
     */
    private static String madeSince(long transaction) {
        return "age(xmin) <= (SELECT age('" + (transaction & 0xFFFF_FFFFL) + "'::xid)) AND age(xmin) >= 0";
    }

    private static String typed(String value, ColumnSpec column) {
        return literal(value) + "::" + column.sourceType();
    }

    static String literal(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }

    /**
     * A cast to text would trim and decorate some types; format() gives what the type's own output function does. IS NOT NULL
     * would ask whether all fields of a composite value are, num_nulls() whether there is a value.
     */
    static String selected(ColumnSpec column) {
        String name = quoted(column.name());
        if (column.hashed()) {
            return hash(name);
        }
        return column.mapping().asText()
                ? "CASE WHEN num_nulls(" + name + ") = 0 THEN format('%s', " + name + ") END"
                : name;
    }

    /** The SHA-256 of the salt and the value's text; NULL for NULL. */
    static String hash(String name) {
        return "CASE WHEN num_nulls(" + name + ") = 0 THEN pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to("
                + "pg_catalog.concat(pg_catalog.current_setting('" + Session.SALT + "'), pg_catalog.format('%s', "
                + name
                + ")), 'UTF8')), 'hex') END";
    }

    /** The clause that is true of the rows of a slice; empty when it is of all. */
    static String where(TableSpec table, Slice slice) {
        List<String> conditions = rows(table, slice);
        return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    }

    /** What is true of the rows of a slice that are the table's as the pipeline file wants it. */
    static List<String> rows(TableSpec table, Slice slice) {
        String where = table.options().where();
        // The line's end is that of a comment.
        return where.isEmpty()
                ? range(slice)
                : Stream.concat(range(slice).stream(), Stream.of("(" + where + "\n)"))
                        .toList();
    }

    private static List<String> range(Slice slice) {
        if (slice.isWhole()) {
            return List.of();
        }
        String start = "ctid >= '(" + slice.firstBlock() + ",0)'";
        return slice.endBlock() == Slice.OPEN
                ? List.of(start)
                : List.of(start, "ctid < '(" + slice.endBlock() + ",0)'");
    }
}
