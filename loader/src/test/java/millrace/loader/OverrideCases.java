package millrace.loader;

import java.util.List;
import java.util.stream.Stream;

/** Every way in which a pipeline file may change a column's type, with values that fit and values that do not. */
final class OverrideCases {
    private static final String TEXT = "format('%s', v)";
    private static final String NUMBER = "toString(v)";
    private static final String STRING = "toString(v)";
    private static final String TO_SECONDS = "to_char(%s, 'YYYY-MM-DD HH24:MI:SS')";

    /**
     * A source type and what it is to become.
     *
     * @param override as the pipeline file says it, and as ClickHouse shows it, but for Nullable
     * @param postgresText an expression of v
     * @param clickhouseText an expression of v that gives the same text
     */
    record Override(
            String type,
            String override,
            String postgresText,
            String clickhouseText,
            List<String> fitting,
            List<String> refused) {
        Override with(String... values) {
            return new Override(type, override, postgresText, clickhouseText, List.of(values), refused);
        }

        Override refuses(String... values) {
            return new Override(type, override, postgresText, clickhouseText, fitting, List.of(values));
        }

        @java.lang.Override
        public String toString() {
            return type + " as " + override;
        }
    }

    private OverrideCases() {}

    private static Override of(
            String type, String override, String postgresText, String clickhouseText, String... fitting) {
        return new Override(type, override, postgresText, clickhouseText, List.of(fitting), List.of());
    }

    static Stream<Override> numbers() {
        String most256 = "57896044618658097711785492504343953926634992332820282019728792003956564819967";
        String least256 = "-57896044618658097711785492504343953926634992332820282019728792003956564819968";
        String unsigned256 = "115792089237316195423570985008687907853269984665640564039457584007913129639935";
        return Stream.of(
                of("integer", "Int8", TEXT, NUMBER, "-128", "127", "0").refuses("-129", "128", "-2147483648"),
                of("integer", "Int16", TEXT, NUMBER, "-32768", "32767").refuses("-32769", "32768"),
                of("bigint", "Int32", TEXT, NUMBER, "-2147483648", "2147483647").refuses("-2147483649", "2147483648"),
                of("smallint", "Int64", TEXT, NUMBER, "-32768", "32767"),
                of("bigint", "UInt8", TEXT, NUMBER, "0", "255").refuses("-1", "256"),
                of("integer", "UInt16", TEXT, NUMBER, "0", "65535").refuses("-1", "65536"),
                of("bigint", "UInt32", TEXT, NUMBER, "0", "4294967295").refuses("-1", "4294967296"),
                of("bigint", "UInt64", TEXT, NUMBER, "0", "9223372036854775807").refuses("-1", "-9223372036854775808"),
                of("oid", "Int64", TEXT, NUMBER, "0", "4294967295"),
                of("oid", "Int32", TEXT, NUMBER, "2147483647").refuses("2147483648", "4294967295"),
                of(
                                "bigint",
                                "Decimal(20, 2)",
                                "v::numeric(20, 2)::text",
                                "toDecimalString(v, 2)",
                                "-999999999999999999")
                        .refuses("1000000000000000000", "-9223372036854775808"),
                of("integer", "Decimal(5, 0)", TEXT, "toDecimalString(v, 0)", "99999", "-99999")
                        .refuses("100000", "-100000"),
                of(
                        "bigint",
                        "Decimal(76, 38)",
                        "v::numeric(76, 38)::text",
                        "toDecimalString(v, 38)",
                        "9223372036854775807"),
                of("bigint", "String", TEXT, STRING, "-9223372036854775808", "7"),
                of(
                                "numeric",
                                "Decimal(38, 10)",
                                "round(v, 10)::text",
                                "toDecimalString(v, 10)",
                                "1.50",
                                "-1e27",
                                "1e-10")
                        .refuses("1e28", "-1e28", "1e-11", "NaN", "Infinity", "-Infinity"),
                of("numeric", "Decimal(76, 0)", "round(v)::text", "toDecimalString(v, 0)", "1e75", "-" + "9".repeat(76))
                        .refuses("1e76", "0.1"),
                of("numeric(10,2)", "Decimal(6, 1)", "round(v, 1)::text", "toDecimalString(v, 1)", "99999.9", "-0.1")
                        .refuses("100000", "0.01", "NaN"),
                of("numeric(10,2)", "Decimal(12, 4)", "round(v, 4)::text", "toDecimalString(v, 4)", "99999999.99"),
                of("numeric(10,2)", "Int32", "trunc(v)::text", NUMBER, "1.00", "-7", "0")
                        .refuses("1.50", "NaN"),
                of("numeric", "UInt8", "trunc(v)::text", NUMBER, "255", "0.000", "2e2")
                        .refuses("256", "-1", "0.5"),
                of("numeric", "Int64", TEXT, NUMBER, "9223372036854775807", "-9223372036854775808")
                        .refuses("9223372036854775808", "-9223372036854775809", "Infinity"),
                of("numeric", "UInt64", TEXT, NUMBER, "18446744073709551615").refuses("18446744073709551616"),
                of("numeric", "Int128", TEXT, NUMBER, "-170141183460469231731687303715884105728", "-5")
                        .refuses("170141183460469231731687303715884105728"),
                of("numeric(78,0)", "UInt256", TEXT, NUMBER, unsigned256, "0", "12345678901234567890")
                        .refuses("-1", unsigned256.replace("935", "936")),
                of("numeric", "Int256", TEXT, NUMBER, least256, most256, "-1").refuses(most256.replace("967", "968")),
                of("numeric(10,2)", "String", TEXT, STRING, "1.50", "NaN"),
                of("money", "String", "format('%s', v::text)", STRING, "1234.50"),
                of("boolean", "UInt8", "v::int::text", NUMBER, "true", "false"),
                of("boolean", "String", TEXT, STRING, "true", "false"),
                of(
                        "real",
                        "Float64",
                        "encode(float8send(v), 'hex')",
                        "lower(leftPad(hex(reinterpretAsUInt64(assumeNotNull(v))), 16, '0'))",
                        "NaN",
                        "-Infinity",
                        "-0",
                        "1.4e-45",
                        "3.4028235e38",
                        "0.1"),
                of("real", "String", TEXT, STRING, "0.1", "1e-45", "NaN", "-0"),
                of("double precision", "String", TEXT, STRING, "0.1", "1e300", "-Infinity"));
    }

    static Stream<Override> texts() {
        String[] words = {"", "a", "ümläut \uD83D\uDE00", "tab\tline\\", "NULL"};
        return Stream.of(
                of("text", "LowCardinality(String)", TEXT, STRING, words),
                of("varchar(20)", "LowCardinality(String)", TEXT, STRING, words),
                of("types.mood", "LowCardinality(String)", TEXT, STRING, "sad", "it's ok"),
                of("interval", "LowCardinality(String)", TEXT, STRING, "1 day", "-1 mon"),
                of("date", "LowCardinality(String)", TEXT, STRING, "infinity", "0044-03-15 BC"),
                of("text", "FixedString(3)", TEXT, STRING, "abc", "ü1", "   ").refuses("", "ab", "abcd", "üü"),
                of("char(3)", "FixedString(3)", TEXT, STRING, "abc", "a").refuses("ü"),
                of("bytea", "FixedString(2)", "encode(v, 'hex')", "lower(hex(v))", "\\x0000", "\\xff0a")
                        .refuses("\\x00", "\\x", "\\x000000"),
                of("uuid", "String", TEXT, STRING, "01234567-89ab-cdef-0123-456789abcdef"),
                of("jsonb", "String", TEXT, STRING, "{\"a\": [1.10]}"),
                of("time", "LowCardinality(String)", TEXT, STRING, "24:00", "08:30:00.25"),
                of("inet", "String", TEXT, STRING, "10.0.0.1/8"));
    }

    static Stream<Override> moments() {
        String[] odd = {"infinity", "-infinity", "0044-03-15 BC", "20000-01-01"};
        return Stream.of(
                of("date", "Date", TEXT, NUMBER, "1970-01-01", "2149-06-06")
                        .refuses("1969-12-31", "2149-06-07", "infinity", "-infinity", "0044-03-15 BC"),
                of("date", "Date32", TEXT, NUMBER, "0001-01-01", "9999-12-31").refuses(odd),
                of("date", "String", TEXT, STRING, "infinity", "0044-03-15 BC"),
                of("timestamp", "DateTime64(3)", "to_char(v, 'YYYY-MM-DD HH24:MI:SS.MS')", NUMBER)
                        .with("0001-01-01 00:00", "9999-12-31 23:59:59.999", "1969-12-31 23:59:59.001")
                        .refuses("2024-01-01 00:00:00.0001", "9999-12-31 23:59:59.999999", "infinity", "20000-01-01"),
                of(
                                "timestamp",
                                "DateTime64(0)",
                                TO_SECONDS.formatted("v"),
                                NUMBER,
                                "0001-01-01 00:00",
                                "9999-12-31 23:59:59")
                        .refuses("2024-01-01 00:00:00.5", "-infinity", "0044-03-15 BC"),
                of(
                                "timestamp",
                                "DateTime",
                                TO_SECONDS.formatted("v"),
                                NUMBER,
                                "1970-01-01 00:00",
                                "2106-02-07 06:28:15")
                        .refuses(
                                "1969-12-31 23:59:59", "2106-02-07 06:28:16", "2024-01-01 00:00:00.000001", "infinity"),
                of("timestamp", "String", TEXT, STRING, odd),
                of(
                                "timestamptz",
                                "DateTime64(6, 'Europe/Berlin')",
                                "to_char(v AT TIME ZONE 'Europe/Berlin', 'YYYY-MM-DD HH24:MI:SS.US')",
                                NUMBER)
                        .with(
                                "2024-07-01 00:00:00.000001Z",
                                "2024-10-27 00:30Z",
                                "2024-10-27 01:30Z",
                                "9999-12-30 12:00Z")
                        .refuses("9999-12-31 23:59:59Z", "0001-01-01 00:00Z", "infinity"),
                of(
                                "timestamptz",
                                "DateTime64(3, 'Asia/Kathmandu')",
                                "to_char(v AT TIME ZONE 'Asia/Kathmandu', 'YYYY-MM-DD HH24:MI:SS.MS')",
                                NUMBER)
                        .with("2024-07-01 00:00:00.123Z", "1990-01-01 00:00Z")
                        .refuses("2024-07-01 00:00:00.1234Z", "-infinity"),
                of(
                                "timestamptz",
                                "DateTime('America/New_York')",
                                "to_char(v AT TIME ZONE 'America/New_York', 'YYYY-MM-DD HH24:MI:SS')",
                                NUMBER)
                        .with("1970-01-01 00:00Z", "2024-03-10 07:00Z", "2106-02-07 06:28:15Z")
                        .refuses("1969-12-31 23:59:59Z", "2106-02-07 06:28:16Z", "2024-01-01 00:00:00.5Z"));
    }

    /** Columns that are not NULL. */
    static Stream<Override> arrays() {
        String elements = "array_to_string(v, ',', 'NULL')";
        String shown = "arrayStringConcat(arrayMap(e -> ifNull(toString(e), 'NULL'), arrayFlatten(v)), ',')";
        return Stream.of(
                of("int[]", "Array(Nullable(Int8))", elements, shown, "{}", "{1,NULL,-128}"),
                of("int[]", "Array(UInt16)", elements, shown, "{}", "{1,65535}"),
                of("int[][]", "Array(Array(Int32))", elements, shown, "{}", "{{1,2},{3,4}}"),
                of("numeric[]", "Array(Nullable(Decimal(20, 0)))", elements, shown, "{1,NULL,99999999999999999999}"),
                of("date[]", "Array(Date)", elements, shown, "{1970-01-01,2149-06-06}"),
                of("text[]", "Array(String)", elements, shown, "{a,\"\",\"b c\"}"),
                of("text[]", "String", TEXT, STRING, "{a,\"\",NULL}"));
    }
}
