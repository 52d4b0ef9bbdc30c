package millrace.loader.postgres;

import java.util.stream.Collectors;
import millrace.loader.codec.Canonical;
import millrace.loader.codec.Codec;
import millrace.loader.codec.ValueRange;
import millrace.loader.plan.ColumnSpec;
import millrace.loader.plan.TableSpec;
import millrace.loader.verify.Buckets;

/** The queries that hash a table in Postgres. ClickHouse's are in FingerprintQuery, and both must say the same. */
final class FingerprintSql {
    /** Sixty bits: as many as fit a bigint without its sign. */
    private static final String PRINT = "('x' || left(md5(%s), 15))::bit(60)::bigint";

    /** Names that no table's own columns have. */
    private static final String KEY = "\"millrace row key\"";

    private static final String BUCKET = "\"millrace bucket\"";

    private FingerprintSql() {}

    static String buckets(TableSpec table, Buckets buckets) {
        String sums = table.columns().stream()
                .map(column -> "sum(" + print(column) + ")")
                .collect(Collectors.joining(", "));
        return "SELECT " + BUCKET + ", count(*), " + sums + " FROM " + keyed(table, buckets)
                + (buckets.end().isEmpty() ? "" : " WHERE " + BUCKET + " < '" + buckets.end() + "'") + " GROUP BY 1";
    }

    static String rows(TableSpec table, Buckets buckets, String bucket) {
        String prints = table.columns().stream().map(FingerprintSql::print).collect(Collectors.joining(", "));
        return "SELECT translate(" + KEY + ", chr(10) || chr(13), '  '), " + prints + " FROM " + keyed(table, buckets)
                + " WHERE " + BUCKET + " = '" + bucket + "'";
    }

    /** The table with two more columns: the key of the row as text, and its bucket. */
    private static String keyed(TableSpec table, Buckets buckets) {
        String key = table.key().isEmpty()
                ? "''"
                : table.keyPositions().stream()
                        .map(position -> marked(table.columns().get(position)))
                        .collect(Collectors.joining(" || ', ' || "));
        return "(SELECT *, left(md5(" + KEY + "), " + buckets.digits() + ") AS " + BUCKET + " FROM (SELECT *, " + key
                + " AS " + KEY + " FROM " + Sql.quoted(table.source()) + ") AS keyed) AS bucketed";
    }

    private static String print(ColumnSpec column) {
        return PRINT.formatted(KEY + " || chr(31) || " + marked(column));
    }

    private static String marked(ColumnSpec column) {
        String name = Sql.quoted(column.name());
        return switch (column.mapping().onRefusal()) {
            case STOP, TEXT -> nullOr(name + " IS NULL", column, name);
            case NULL -> nullOr("(" + fits(column.mapping().codec(), name) + ") IS NOT TRUE", column, name);
            case EMPTY -> "'=' || " + canonical(column, "coalesce(" + name + ", '{}')");
        };
    }

    private static String nullOr(String isNull, ColumnSpec column, String name) {
        return "CASE WHEN " + isNull + " THEN 'NULL' ELSE '=' || " + canonical(column, name) + " END";
    }

    /** Whether the codec takes a value; NULL for NULL. The cases keep it from computing with infinite values. */
    private static String fits(Codec codec, String value) {
        ValueRange range = codec.range();
        if (range instanceof ValueRange.Moments moments) {
            String within = value + " BETWEEN '" + moments.first() + "' AND '" + moments.last() + "'";
            return moments.unit() == 1
                    ? within
                    : "CASE WHEN " + within + " THEN (extract(epoch FROM " + value + ") * 1000000)::bigint % "
                            + moments.unit() + " = 0 END";
        } else if (range instanceof ValueRange.Numbers numbers) {
            String number = value + "::text::numeric";
            return number + " BETWEEN " + numbers.least().toPlainString() + " AND "
                    + numbers.most().toPlainString() + " AND " + number + " = trunc(" + number + ", " + numbers.scale()
                    + ")";
        } else if (range instanceof ValueRange.Length length) {
            return codec.canonical() == Canonical.BYTES
                    ? "octet_length(" + value + ") = " + length.bytes()
                    : "octet_length(convert_to(format('%s', " + value + "), 'UTF8')) = " + length.bytes();
        }
        return value + " IS NOT NULL";
    }

    private static String canonical(ColumnSpec column, String name) {
        Codec codec = column.mapping().codec();
        return codec.canonical() == Canonical.ARRAY
                ? "cardinality(" + name + ") || (SELECT coalesce(string_agg(CASE WHEN e IS NULL THEN 'NULL' ELSE md5("
                        + scalar(codec.element(), "e") + ") END, ',' ORDER BY n), '') FROM unnest(" + name
                        + ") WITH ORDINALITY AS u (e, n))"
                : scalar(codec, name);
    }

    private static String scalar(Codec codec, String value) {
        return switch (codec.canonical()) {
            case PLAIN -> value + "::text";
            case TEXT -> "format('%s', " + value + ")";
            case BOOLEAN -> value + "::int::text";
            case BYTES -> "encode(" + value + ", 'hex')";
            case FLOAT ->
                "encode(" + (codec.clickhouseType().equals("Float32") ? "float4send(" : "float8send(") + value
                        + "), 'hex')";
            case DECIMAL -> "round(" + value + "::numeric, " + codec.scale() + ")::text";
            case WHOLE -> "trunc(" + value + ")::text";
            case DATE -> "(" + value + " - date '1970-01-01')::text";
            case TIMESTAMP, SECONDS -> "(extract(epoch FROM " + value + ") * 1000000)::bigint::text";
            case ARRAY -> throw new IllegalArgumentException("an array within an array");
        };
    }
}
