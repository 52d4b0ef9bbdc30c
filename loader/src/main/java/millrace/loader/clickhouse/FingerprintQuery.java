package millrace.loader.clickhouse;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import millrace.loader.codec.Canonical;
import millrace.loader.codec.Codec;
import millrace.loader.plan.ColumnSpec;
import millrace.loader.plan.TableSpec;
import millrace.loader.verify.Buckets;

/**
 * The queries that hash a table in ClickHouse, as RowHash does it of the text that Postgres sends (FingerprintSql).
 *
 * @param isFinal whether rows that a merge will replace or drop are left out, as they are for readers who ask so
 */
record FingerprintQuery(TableSpec table, boolean isFinal) {
    /** The rows of buckets below the end. */
    String sums(int end) {
        return "SELECT " + bucket() + ", count(), leftPad(hex(sum(" + hash() + ")), 32, '0') FROM " + framed()
                + (end < Buckets.COUNT ? " WHERE " + bucket() + " < " + end : "") + " GROUP BY " + bucket();
    }

    /** For each row its key's frames and its prints, both as hexadecimal digits. */
    String rows(Set<Integer> buckets) {
        String prints = IntStream.range(0, table.columns().size())
                .mapToObj(i -> "substring(MD5(" + frame(i) + "), 1, 8)")
                .collect(Collectors.joining(", ", "concat('', ", ")"));
        String among = buckets.stream().sorted().map(String::valueOf).collect(Collectors.joining(", "));
        return "SELECT hex(" + key() + "), hex(" + prints + ") FROM " + framed() + " WHERE " + bucket() + " IN ("
                + among + ")";
    }

    private String hash() {
        String frames =
                IntStream.range(0, table.columns().size()).mapToObj(this::frame).collect(Collectors.joining(", "));
        return "reinterpretAsUInt128(MD5(concat('', " + frames + ")))";
    }

    private String key() {
        return table.keyPositions().stream()
                .map(position -> ", " + frame(position))
                .collect(Collectors.joining("", "concat('', ''", ")"));
    }

    private String bucket() {
        String number = table.key().isEmpty() ? hash() : "CRC32(" + key() + ")";
        return "toUInt16(bitAnd(" + number + ", " + (Buckets.COUNT - 1) + "))";
    }

    private String frame(int column) {
        return Ddl.quoted(prefix() + column);
    }

    /** A beginning that no column of the table has: an alias would stand for it everywhere. */
    private String prefix() {
        String prefix = "frame";
        while (anyBeginsWith(prefix)) {
            prefix += "_";
        }
        return prefix;
    }

    private boolean anyBeginsWith(String prefix) {
        return table.columns().stream().anyMatch(column -> column.name().startsWith(prefix));
    }

    private String framed() {
        List<ColumnSpec> columns = table.columns();
        String frames = IntStream.range(0, columns.size())
                .mapToObj(i -> framed(columns.get(i)) + " AS " + frame(i))
                .collect(Collectors.joining(", "));
        return "(SELECT " + frames + " FROM " + Ddl.quoted(table.target()) + (isFinal ? " FINAL" : "") + ")";
    }

    private static String framed(ColumnSpec column) {
        String name = Ddl.quoted(column.name());
        Codec codec = column.mapping().codec();
        return codec.canonical() == Canonical.ARRAY
                ? withLength(array(codec, name))
                : nullOr(name, scalar(codec, "assumeNotNull(" + name + ")"));
    }

    private static String nullOr(String value, String canonical) {
        return "if(isNull(" + value + "), 'N', " + withLength(canonical) + ")";
    }

    private static String withLength(String text) {
        return "concat(toString(length(" + text + ")), ':', " + text + ")";
    }

    private static String array(Codec codec, String value) {
        StringBuilder dimensions = new StringBuilder("if(empty(" + value + "), '', concat(''");
        String lengths = "[length(" + value + ")]";
        for (int level = 1; level <= codec.dimensions(); level++) {
            dimensions
                    .append(", '[1:', arrayStringConcat(arrayMap(n -> toString(n), arrayDistinct(")
                    .append(lengths)
                    .append(")), '|'), ']'");
            lengths = "arrayFlatten(" + mapped(level, value) + ")";
        }
        String elements = "arrayStringConcat(arrayMap(e -> " + nullOr("e", scalar(codec.element(), "assumeNotNull(e)"))
                + ", arrayFlatten(" + value + ")), '')";
        return "concat(" + dimensions + ")), '=', " + elements + ")";
    }

    /** The lengths of the arrays so many levels below the value. */
    private static String mapped(int levels, String value) {
        String lambda = "length(a" + levels + ")";
        for (int level = levels; level > 1; level--) {
            lambda = "arrayMap(a" + level + " -> " + lambda + ", a" + (level - 1) + ")";
        }
        return "arrayMap(a1 -> " + lambda + ", " + value + ")";
    }

    private static String scalar(Codec codec, String value) {
        return switch (codec.canonical()) {
            case PLAIN, DECIMAL, MONEY, DATE -> "toString(" + value + ")";
            case TEXT -> value;
            case BOOLEAN -> "multiIf(" + value + " = 1, 't', " + value + " = 0, 'f', toString(" + value + "))";
            case BYTES -> "concat('\\\\x', lower(hex(" + value + ")))";
            case FLOAT -> "concat('\\\\x', lower(hex(reverse(reinterpretAsFixedString(" + value + ")))))";
            case TIMESTAMP, SECONDS -> "toString(toDateTime64(" + value + ", 6, 'UTC'))";
            case ARRAY -> throw new IllegalArgumentException("an array within an array");
        };
    }
}
