package millrace.loader.postgres;

import millrace.loader.plan.ColumnSpec;

/** Texts of a database of the encoding SQL_ASCII, which may be any bytes: the server lets them pass only as bytea. */
final class BytesOfText {
    private BytesOfText() {}

    static String selected(ColumnSpec column) {
        int start = column.mapping().codec().textStart();
        if (start < 0 || column.hashed()) {
            return Sql.selected(column);
        }
        String name = Sql.quoted(column.name());
        String before = column.mapping().asText() || start == 0 ? "" : "'\\x01'::bytea || ";
        return "CASE WHEN num_nulls(" + name + ") = 0 THEN " + before + "convert_to(format('%s', " + name
                + "), 'SQL_ASCII') END";
    }
}
