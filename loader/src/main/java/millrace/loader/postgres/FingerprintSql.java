package millrace.loader.postgres;

import java.util.stream.Collectors;
import millrace.loader.codec.Canonical;
import millrace.loader.codec.Codec;
import millrace.loader.codec.ValueRange;
import millrace.loader.plan.ColumnSpec;
import millrace.loader.plan.Slice;
import millrace.loader.plan.TableSpec;

/**
 * The COPY that shows a table as it is hashed. Values are what their types' own output functions write, which CanonicalText then
 * brings into the form that ClickHouse's side has from FingerprintQuery; a NULL is one that Postgres itself marks as such.
 */
final class FingerprintSql {
    private FingerprintSql() {}

    static String copy(TableSpec table, Slice slice) {
        String columns = table.columns().stream().map(FingerprintSql::shown).collect(Collectors.joining(", "));
        return "COPY (SELECT " + columns + " FROM " + Sql.quoted(table.source()) + Sql.where(table, slice)
                + ") TO STDOUT";
    }

    private static String shown(ColumnSpec column) {
        String name = Sql.quoted(column.name());
        if (column.hashed()) {
            return Sql.hash(name);
        }
        Codec codec = column.mapping().codec();
        return switch (column.mapping().onRefusal()) {
            case STOP, TEXT -> canonical(codec, name);
            case NULL -> nullUnlessItFits(codec, name);
            case QUARANTINE ->
                codec.canBeNullable()
                        ? nullUnlessItFits(codec, name)
                        : canonical(codec, "coalesce(" + name + ", '{}')");
            case EMPTY -> canonical(codec, "coalesce(" + name + ", '{}')");
        };
    }

    private static String nullUnlessItFits(Codec codec, String name) {
        return "CASE WHEN " + fits(codec, name) + " THEN " + canonical(codec, name) + " END";
    }

    private static String canonical(Codec codec, String value) {
        return codec.canonical() == Canonical.ARRAY ? array(codec.element(), value) : scalar(codec, value);
    }

    private static String scalar(Codec codec, String value) {
        return switch (codec.canonical()) {
            case PLAIN, TEXT, BOOLEAN, BYTES, DECIMAL, DATE, TIMESTAMP, SECONDS -> value;
            case FLOAT ->
                "pg_catalog." + (codec.clickhouseType().equals("Float32") ? "float4send(" : "float8send(") + value
                        + ")";
            case MONEY -> "pg_catalog.\"numeric\"(" + value + ")";
            case ARRAY -> throw new IllegalArgumentException("an array within an array");
        };
    }

    /** The dimensions and, after an equals sign, the elements as Postgres writes an array. */
    private static String array(Codec element, String value) {
        String shown = scalar(element, "u.e");
        String elements = shown.equals("u.e")
                ? value
                : "ARRAY(SELECT " + shown + " FROM pg_catalog.unnest(" + value
                        + ") WITH ORDINALITY AS u (e, n) ORDER BY u.n)";
        return "CASE WHEN " + value + " IS NOT NULL THEN pg_catalog.concat(pg_catalog.array_dims(" + value + "), '=', "
                + elements + ") END";
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
            String number = "nullif(format('%s', " + value + "), '')::numeric";
            return number + " BETWEEN " + numbers.least().toPlainString() + " AND "
                    + numbers.most().toPlainString() + " AND " + number + " = trunc(" + number + ", " + numbers.scale()
                    + ")";
        } else if (range instanceof ValueRange.Length length) {
            return codec.canonical() == Canonical.BYTES
                    ? "octet_length(" + value + ") = " + length.bytes()
                    : "octet_length(convert_to(format('%s', " + value + "), 'UTF8')) = " + length.bytes();
        }
        return "true";
    }
}
