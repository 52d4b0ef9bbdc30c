package millrace.loader.clickhouse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;
import millrace.loader.plan.ColumnSpec;
import millrace.loader.plan.TableSpec;

/**
 * The column with a UUID for each row: version 5 (RFC 9562), of the row's key within the namespace of its table, which is
 * itself a UUID of version 5, of the table's name in Postgres within NAMESPACE. ClickHouse computes it as rows are written.
 */
record RowId(TableSpec table) {
    /** uuid5(NAMESPACE_URL, 'urn:millrace:row'). */
    static final String NAMESPACE = "1ead0c08-2d8d-591f-b3fc-6c6f9a59f1cd";

    /** Types whose texts hold neither commas nor backslashes. */
    private static final String PLAIN = "(Nullable\\()?(U?Int|Float|Decimal|Date|UUID|Bool).*";

    RowId {
        requireNonNull(table, "table is null");
    }

    /** As in CREATE TABLE. */
    String definition() {
        return Ddl.quoted(table.options().rowId()) + " UUID DEFAULT toUUID(UUIDNumToString(toFixedString(concat("
                + String.join(", ", bytes(1, 6), marked(7, 15, 0x50), bytes(8, 1), marked(9, 63, 0x80), bytes(10, 7))
                + "), 16)))";
    }

    private String bytes(int from, int count) {
        return "substring(SHA1(concat(unhex('" + HexFormat.of().formatHex(namespace()) + "'), " + key() + ")), " + from
                + ", " + count + ")";
    }

    /** A byte of which some bits stay, and the others tell the version or the variant. */
    private String marked(int at, int stay, int mark) {
        return "char(bitOr(bitAnd(reinterpretAsUInt8(" + bytes(at, 1) + "), " + stay + "), " + mark + "))";
    }

    /** The key's values in their order as ClickHouse writes them, with commas between; in texts a backslash stands before each comma and backslash. */
    private String key() {
        String values = table.key().stream()
                .map(name -> table.column(name).orElseThrow())
                .map(RowId::text)
                .collect(Collectors.joining(", ',', "));
        return table.key().size() == 1 ? values : "concat(" + values + ")";
    }

    private static String text(ColumnSpec column) {
        String text = "toString(" + Ddl.quoted(column.name()) + ")";
        String plain = column.clickhouseType().matches(PLAIN)
                ? text
                : "replaceRegexpAll(" + text + ", '[,\\\\\\\\]', '\\\\\\\\\\\\0')";
        return column.target().nullable() ? "ifNull(" + plain + ", '\\\\N')" : plain;
    }

    private byte[] namespace() {
        byte[] millrace = HexFormat.of().parseHex(NAMESPACE.replace("-", ""));
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(millrace);
            byte[] uuid = Arrays.copyOf(sha1.digest(table.source().toString().getBytes(UTF_8)), 16);
            uuid[6] = (byte) (uuid[6] & 0x0f | 0x50);
            uuid[8] = (byte) (uuid[8] & 0x3f | 0x80);
            return uuid;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
