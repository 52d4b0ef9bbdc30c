package millrace.loader;

import java.util.List;
import java.util.stream.Stream;

/** Values of every type: minimum, maximum, empty, edges, and random ones. */
public final class TypeCases {
    private static final String OWN_TEXT = "format('%s', v)";
    private static final String STRING = "v";
    private static final String NUMBER = "toString(v)";

    /**
     * A type and how both servers write its values.
     *
     * @param target the ClickHouse type of the column, without Nullable
     * @param postgresText an expression of v
     * @param clickhouseText an expression of v that gives the same text
     * @param random an expression of the number i that gives some value of the type
     */
    public record Type(
            String name,
            String target,
            String postgresText,
            String clickhouseText,
            String random,
            List<String> values) {
        static Type text(String name, String random, String... values) {
            return new Type(name, "String", OWN_TEXT, STRING, random, List.of(values));
        }

        static Type of(
                String name,
                String target,
                String postgresText,
                String clickhouseText,
                String random,
                String... values) {
            return new Type(name, target, postgresText, clickhouseText, random, List.of(values));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private TypeCases() {}

    public static Stream<Type> numbers() {
        String decimal = "toDecimalString(v, %d)";
        return Stream.of(
                Type.of("smallint", "Int16", OWN_TEXT, NUMBER, "(i * 37 % 65536) - 32768", "-32768", "32767", "0"),
                Type.of("integer", "Int32", OWN_TEXT, NUMBER, "i * -7919", "-2147483648", "2147483647", "0", "-1"),
                Type.of(
                        "bigint",
                        "Int64",
                        OWN_TEXT,
                        NUMBER,
                        "hashint8extended(i, 0)",
                        "-9223372036854775808",
                        "9223372036854775807"),
                Type.of("oid", "UInt32", OWN_TEXT, NUMBER, "i", "0", "4294967295"),
                Type.of("xid", "UInt32", OWN_TEXT, NUMBER, "i::text::xid", "0", "4294967295"),
                Type.of("cid", "UInt32", OWN_TEXT, NUMBER, "i::text::cid", "0", "4294967295"),
                Type.of(
                        "real",
                        "Float32",
                        "encode(float4send(v), 'hex')",
                        "lower(leftPad(hex(reinterpretAsUInt32(assumeNotNull(v))), 8, '0'))",
                        "random()",
                        "NaN",
                        "Infinity",
                        "-Infinity",
                        "-0",
                        "1.4e-45",
                        "3.4028235e38"),
                Type.of(
                        "double precision",
                        "Float64",
                        "encode(float8send(v), 'hex')",
                        "lower(leftPad(hex(reinterpretAsUInt64(assumeNotNull(v))), 16, '0'))",
                        "random() * 10 ^ i",
                        "NaN",
                        "Infinity",
                        "-Infinity",
                        "-0",
                        "5e-324",
                        "1.7976931348623157e308"),
                Type.of(
                        "numeric(4,1)",
                        "Decimal(4, 1)",
                        OWN_TEXT,
                        decimal.formatted(1),
                        "i / 3.0",
                        "-999.9",
                        "999.9",
                        "0",
                        "-0.1"),
                Type.of(
                        "numeric(10,2)",
                        "Decimal(10, 2)",
                        OWN_TEXT,
                        decimal.formatted(2),
                        "random() * 99999999",
                        "-99999999.99",
                        "99999999.99",
                        "0.01",
                        "10000",
                        "-0.10"),
                Type.of(
                        "numeric(18,0)",
                        "Decimal(18, 0)",
                        OWN_TEXT,
                        decimal.formatted(0),
                        "i * 10000",
                        "999999999999999999",
                        "-999999999999999999"),
                Type.of(
                        "numeric(18,18)",
                        "Decimal(18, 18)",
                        OWN_TEXT,
                        decimal.formatted(18),
                        "random()",
                        "0.999999999999999999",
                        "-0.000000000000000001"),
                Type.of(
                        "numeric(38,10)",
                        "Decimal(38, 10)",
                        OWN_TEXT,
                        decimal.formatted(10),
                        "random() * 10 ^ 20",
                        "9999999999999999999999999999.9999999999",
                        "-9999999999999999999999999999.9999999999",
                        "12345678901234567890.0000000001"),
                Type.of(
                        "numeric(76,30)",
                        "Decimal(76, 30)",
                        OWN_TEXT,
                        decimal.formatted(30),
                        "random() * 10 ^ 40",
                        "9999999999999999999999999999999999999999999999.999999999999999999999999999999",
                        "-9999999999999999999999999999999999999999999999.999999999999999999999999999999",
                        "0.000000000000000000000000000001"),
                Type.of("numeric(5,-2)", "Decimal(7, 0)", OWN_TEXT, decimal.formatted(0), "i * 100", "9999900", "-100"),
                Type.of(
                        "numeric(2,5)",
                        "Decimal(5, 5)",
                        OWN_TEXT,
                        decimal.formatted(5),
                        "i / 1000000.0",
                        "0.00099",
                        "-0.00099"),
                Type.of("types.percent", "Decimal(5, 2)", OWN_TEXT, decimal.formatted(2), "i % 100", "100", "0.01"),
                Type.of("types.half", "Decimal(5, 2)", OWN_TEXT, decimal.formatted(2), "i % 50", "50", "0.01"),
                Type.of(
                        "money",
                        "Decimal(19, 2)",
                        "v::numeric::text",
                        decimal.formatted(2),
                        "i * 1.37",
                        "-92233720368547758.08",
                        "92233720368547758.07",
                        "0"),
                Type.text(
                        "numeric",
                        "random() * 10 ^ (i % 60 - 30)",
                        "NaN",
                        "Infinity",
                        "-Infinity",
                        "1e130",
                        "-1.50",
                        "0.00",
                        "1e-130"),
                Type.text("numeric(100,3)", "i", "1e96", "-0.001"),
                Type.of("boolean", "Bool", "v::int::text", "toString(toUInt8(v))", "i % 3 = 0", "true", "false"));
    }

    public static Stream<Type> texts() {
        String[] words = {
            "", " ", "a", "ümläut \uD83D\uDE00", "tab\tline\nback\\slash'\"quote,;|", "NULL", "\\N", "x".repeat(5000)
        };
        return Stream.of(
                Type.text("text", "repeat(chr(200 + i), i)", words),
                Type.text("varchar(5000)", "md5(i::text)", words),
                Type.text("char(9)", "i::text", "", "a", "ü", "a b"),
                Type.text("name", "'n' || i", "", "pg_class"),
                Type.text("\"char\"", "'a'", "", "b"),
                Type.text("citext", "'Aa' || i", "", "MiXed"),
                Type.text("types.mood", "'sad'", "sad", "it's ok", "glücklich"),
                Type.text("json", "json_build_object('i', i)", "{\"a\" : [1, null, \"\\u00fc\"]}", "null", "\"\""),
                Type.text("jsonb", "jsonb_build_object('i', i)", "{\"b\": 1, \"a\": [1.10, null]}", "null", "[]"),
                Type.text("xml", "('<i>' || i || '</i>')::xml", "<a b=\"c\">d</a>", ""),
                Type.text(
                        "time",
                        "time '00:00' + i * interval '61.000001 s'",
                        "00:00",
                        "24:00:00",
                        "23:59:59.999999",
                        "08:30:00.25"),
                Type.text(
                        "timetz",
                        "(time '00:00' + i * interval '1 min')::timetz",
                        "00:00+14",
                        "24:00:00-15:59",
                        "12:00:00.5+05:30"),
                Type.text(
                        "interval",
                        "i * interval '1 month 2 days 3.000004 s'",
                        "-178000000 years",
                        "1 year -1 day 00:00:00.000001",
                        "0"),
                Type.text("inet", "'10.0.0.0'::inet + i", "10.0.0.1/8", "::1", "1.2.3.4"),
                Type.text("cidr", "('10.' || i % 256 || '.0.0/16')::cidr", "10.0.0.0/8", "2001:db8::/32"),
                Type.text("macaddr", "'08:00:2b:01:02:03'::macaddr", "ff:ff:ff:ff:ff:ff"),
                Type.text("macaddr8", "'08:00:2b:01:02:03:04:05'::macaddr8", "ff:ff:ff:ff:ff:ff:ff:ff"),
                Type.text("bit(5)", "(i % 32)::bit(5)", "10101"),
                Type.text("varbit", "i::bit(16)", "", "1"),
                Type.text("point", "point(i, -i)", "(1.5,-2)"),
                Type.text("polygon", "polygon(box(point(0, 0), point(i, i)))", "((0,0),(1,1),(1,0))"),
                Type.text("line", "line(point(0, i), point(1, 0))", "{1,-1,0}"),
                Type.text("lseg", "lseg(point(0, 0), point(i, 1))", "[(0,0),(1.5,2)]"),
                Type.text("box", "box(point(0, 0), point(i, i))", "(2,2),(0.1,0)"),
                Type.text("path", "path(polygon(box(point(0, 0), point(i, i))))", "[(0,0),(1,1)]", "((0,0),(1,1))"),
                Type.text("circle", "circle(point(i, 0), i)", "<(1.5,2),0>"),
                Type.text("int8range", "int8range(i, NULL)", "empty", "(,9223372036854775807)"),
                Type.text("numrange", "numrange(i / 3.0, i)", "[1.50,1.5]", "(,)"),
                Type.text("daterange", "daterange('2024-01-01', '2024-01-01'::date + i)", "empty", "[,infinity)"),
                Type.text("tsrange", "tsrange('2024-01-01', '2024-01-01'::timestamp + i * '1 s'::interval)", "empty"),
                Type.text("int4range", "int4range(0, i)", "empty", "[1,10)", "(,)"),
                Type.text(
                        "tstzrange",
                        "tstzrange(now(), now() + i * interval '1 s')",
                        "empty",
                        "[2024-01-01 00:00+00,infinity)"),
                Type.text("int4multirange", "int4multirange(int4range(0, i))", "{}", "{[1,3),[5,9)}"),
                Type.text("datemultirange", "datemultirange(daterange('2024-01-01', NULL))", "{}"),
                Type.text("hstore", "hstore('k', i::text)", "a=>1,b=>NULL", ""),
                Type.text("ltree", "('top.n' || i)::ltree", "Top.Science.Astronomy"),
                Type.text("tsvector", "to_tsvector('simple', 'a b c' || i)", "'fat':2 'cat':3"),
                Type.text("tsquery", "('a' || i)::tsquery", "'fat' & !'cat'"),
                Type.text("jsonpath", "'$.a'", "$.a[*] ? (@ > 1)"),
                Type.text("types.pair", "row(i, 'b' || i)::types.pair", "(1,\"a b\")", "(,)"),
                Type.text("regclass", "'pg_class'::regclass", "pg_type"),
                Type.text("pg_lsn", "'0/0'::pg_lsn + i", "16/B374D848"),
                Type.of(
                        "bytea",
                        "String",
                        "encode(v, 'hex')",
                        "lower(hex(v))",
                        "sha256(i::text::bytea)",
                        "",
                        "\\x00ff0a0d5c",
                        "\\x"),
                Type.of(
                        "uuid",
                        "UUID",
                        OWN_TEXT,
                        NUMBER,
                        "md5(i::text)::uuid",
                        "00000000-0000-0000-0000-000000000000",
                        "ffffffff-ffff-ffff-ffff-ffffffffffff",
                        "01234567-89ab-cdef-0123-456789abcdef"));
    }

    public static Stream<Type> moments() {
        String micros = "to_char(%s, 'YYYY-MM-DD HH24:MI:SS.US')";
        return Stream.of(
                Type.of(
                        "date",
                        "Date32",
                        OWN_TEXT,
                        NUMBER,
                        "date '1900-01-01' + i * 97",
                        "0001-01-01",
                        "9999-12-31",
                        "1970-01-01",
                        "1969-12-31",
                        "2000-02-29",
                        "1582-10-10"),
                Type.of(
                        "timestamp",
                        "DateTime64(6)",
                        micros.formatted("v"),
                        NUMBER,
                        "timestamp '1800-01-01' + i * interval '97.123457 days'",
                        "0001-01-01 00:00",
                        "9999-12-31 23:59:59.999999",
                        "1969-12-31 23:59:59.999999",
                        "2024-03-31 02:30"),
                Type.of(
                        "timestamp(0)",
                        "DateTime64(6)",
                        micros.formatted("v"),
                        NUMBER,
                        "timestamp '1800-01-01' + i * interval '97 days'",
                        "1970-01-01 00:00:01"),
                Type.of(
                        "timestamptz",
                        "DateTime64(6, 'UTC')",
                        micros.formatted("v AT TIME ZONE 'UTC'"),
                        NUMBER,
                        "timestamptz '1800-01-01Z' + i * interval '97.123457 days'",
                        "0001-01-01 00:00Z",
                        "9999-12-31 23:59:59.999999Z",
                        "2024-10-27 02:30:00.000001+02",
                        "1969-12-31 23:59:59.999999Z"));
    }
}
