package millrace.loader.postgres;

import java.util.stream.Collectors;
import millrace.loader.plan.ColumnSpec;
import millrace.loader.plan.Slice;
import millrace.loader.plan.TableName;
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

    /** The COPY that sends one slice. */
    static String copy(TableSpec table, Slice slice) {
        String columns = table.columns().stream().map(Sql::selected).collect(Collectors.joining(", "));
        return "COPY (SELECT " + columns + " FROM " + quoted(table.source()) + range(slice)
                + ") TO STDOUT (FORMAT binary)";
    }

    /** A cast to text would trim and decorate some types; format() gives what the type's own output function does. */
    private static String selected(ColumnSpec column) {
        String name = quoted(column.name());
        return column.mapping().asText()
                ? "CASE WHEN " + name + " IS NOT NULL THEN format('%s', " + name + ") END"
                : name;
    }

    private static String range(Slice slice) {
        if (slice.isWhole()) {
            return "";
        }
        String start = " WHERE ctid >= '(" + slice.firstBlock() + ",0)'";
        return slice.endBlock() == Slice.OPEN ? start : start + " AND ctid < '(" + slice.endBlock() + ",0)'";
    }
}
