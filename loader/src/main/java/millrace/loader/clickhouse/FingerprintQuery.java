package millrace.loader.clickhouse;

import java.util.stream.Collectors;
import millrace.loader.codec.Canonical;
import millrace.loader.codec.Codec;
import millrace.loader.plan.ColumnSpec;
import millrace.loader.plan.TableSpec;
import millrace.loader.verify.Buckets;

/** The queries that hash a table in ClickHouse. Postgres' are in FingerprintSql, and both must say the same. */
final class FingerprintQuery {
    private static final String PRINT = "bitShiftRight(reinterpretAsUInt64(reverse(substring(MD5(%s), 1, 8))), 4)";

    private FingerprintQuery() {}

    static String buckets(TableSpec table, Buckets buckets) {
        String sums = table.columns().stream()
                .map(column -> "sum(toUInt128(" + print(table, column) + "))")
                .collect(Collectors.joining(", "));
        String bucket = bucket(table, buckets);
        String where = buckets.end().isEmpty() ? "" : " WHERE " + bucket + " < '" + buckets.end() + "'";
        return "SELECT " + bucket + ", count(), " + sums + " FROM " + Ddl.quoted(table.target()) + where + " GROUP BY "
                + bucket;
    }

    static String rows(TableSpec table, Buckets buckets, String bucket) {
        String prints =
                table.columns().stream().map(column -> print(table, column)).collect(Collectors.joining(", "));
        return "SELECT " + prints + ", translateUTF8(" + key(table) + ", '\\n\\r', '  ') FROM "
                + Ddl.quoted(table.target()) + " WHERE " + bucket(table, buckets) + " = '" + bucket + "'";
    }

    private static String bucket(TableSpec table, Buckets buckets) {
        return "substring(lower(hex(MD5(" + key(table) + "))), 1, " + buckets.digits() + ")";
    }

    private static String key(TableSpec table) {
        return table.keyPositions().stream()
                .map(position -> marked(table.columns().get(position)))
                .collect(Collectors.joining(", ', ', ", table.key().isEmpty() ? "concat('', ''" : "concat('', ", ")"));
    }

    private static String print(TableSpec table, ColumnSpec column) {
        return PRINT.formatted("concat(" + key(table) + ", char(31), " + marked(column) + ")");
    }

    private static String marked(ColumnSpec column) {
        String name = Ddl.quoted(column.name());
        return column.target().nullable()
                ? "if(isNull(" + name + "), 'NULL', concat('=', " + canonical(column, "assumeNotNull(" + name + ")")
                        + "))"
                : "concat('=', " + canonical(column, name) + ")";
    }

    private static String canonical(ColumnSpec column, String value) {
        Codec codec = column.mapping().codec();
        return codec.canonical() == Canonical.ARRAY
                ? "concat(toString(length(arrayFlatten(" + value
                        + "))), arrayStringConcat(arrayMap(e -> if(isNull(e), 'NULL',"
                        + " lower(hex(MD5(" + scalar(codec.element(), "assumeNotNull(e)") + ")))), arrayFlatten("
                        + value
                        + ")), ','))"
                : scalar(codec, value);
    }

    private static String scalar(Codec codec, String value) {
        return switch (codec.canonical()) {
            case PLAIN -> "toString(" + value + ")";
            case TEXT -> value;
            case BOOLEAN -> "toString(toUInt8(" + value + "))";
            case BYTES -> "lower(hex(" + value + "))";
            case FLOAT ->
                codec.clickhouseType().equals("Float32")
                        ? "lower(leftPad(hex(reinterpretAsUInt32(" + value + ")), 8, '0'))"
                        : "lower(leftPad(hex(reinterpretAsUInt64(" + value + ")), 16, '0'))";
            case DECIMAL -> "toDecimalString(" + value + ", " + codec.scale() + ")";
            case WHOLE -> "toString(" + value + ")";
            case DATE -> "toString(toInt32(" + value + "))";
            case TIMESTAMP -> "toString(toUnixTimestamp64Micro(" + value + "))";
            case SECONDS -> "toString(toInt64(toUnixTimestamp(" + value + ")) * 1000000)";
            case ARRAY -> throw new IllegalArgumentException("an array within an array");
        };
    }
}
