package millrace.loader.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import millrace.loader.RandomValues;
import millrace.loader.random.RandomColumn.Form;

/** Types of Postgres with values of theirs: usual ones, the ends of their range, and those that only they have. */
final class RandomTypes {
    /** @param edges values that some targets cannot hold */
    record Type(String name, Form form, Function<Random, String> values, List<String> edges) {}

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "NULL",
            "null",
            "\\N",
            "N",
            "\\",
            "\"",
            "'",
            "tab\there",
            "line\nfeed\r",
            "{a,b}",
            "ünï",
            "日本",
            "😀",
            "0:",
            "1:a",
            "\u001f",
            "\u0001",
            "a\u0301");

    /** So many of the scalar types, the first ones, have a type of their own in ClickHouse or are plain text. */
    static final int MAPPED = RandomValues.scalars().size();

    private RandomTypes() {}

    /** Those that need no statement before the table's. */
    static List<Type> scalars() {
        List<Type> types = new ArrayList<>();
        RandomValues.scalars().forEach((name, values) -> types.add(scalar(name, values)));
        List.of(
                        "varbit 1011,0,",
                        "bit(4) 1011,0000",
                        "inet 10.0.0.1/8,::1,192.168.1.1",
                        "cidr 10.0.0.0/8,::/0",
                        "macaddr 08:00:2b:01:02:03",
                        "timetz 12:00+02,24:00:00-15:59",
                        "int4range [1;5),empty,(;)",
                        "numrange [1.5;2.50),(;3]",
                        "daterange [2024-01-01;2024-02-01),empty",
                        "point (1;2),(0.1;-0)",
                        "box (1;1)(0;0)",
                        "circle <(1;2);3>",
                        "tsvector a:1 b:2,x",
                        "pg_lsn 16/B374D848",
                        "xid 7,4294967295",
                        "interval 1 year 2 mons -3 days 04:05:06.7,-1 day,00:00",
                        "\"char\" a,b",
                        "xml <a>b</a>,x",
                        "regclass pg_class",
                        "int4multirange {[1;3);[5;7)},{}",
                        "xid8 18446744073709551615",
                        "jsonpath $.a",
                        "tid (1;2)")
                .forEach(line -> types.add(listed(line)));
        return types;
    }

    private static Type scalar(String name, Function<Random, String> values) {
        return switch (name.replaceAll("\\(.*", "")) {
            case "real" ->
                new Type(
                        name,
                        Form.REAL,
                        values,
                        List.of("NaN", "Infinity", "-Infinity", "-0", "1e-45", "3.4028235e38"));
            case "double precision" ->
                new Type(
                        name,
                        Form.DOUBLE,
                        values,
                        List.of("NaN", "Infinity", "-Infinity", "-0", "5e-324", "1.7976931348623157e308"));
            case "numeric" ->
                name.equals("numeric")
                        ? new Type(name, Form.TEXT, values, List.of("NaN", "Infinity", "0.00", "-0", "1e130", "1.50"))
                        : new Type(name, Form.NUMBER, values, List.of("NaN"));
            case "money" -> new Type(name, Form.MONEY, values, List.of("-92233720368547758.08", "0"));
            case "boolean" -> new Type(name, Form.BOOLEAN, values, List.of("true"));
            case "bytea" -> new Type(name, Form.BYTES, values, List.of("", "\\x00", "\\x5c4e", "\\x0a0d09"));
            case "date" ->
                new Type(
                        name,
                        Form.TEXT,
                        values,
                        List.of("infinity", "-infinity", "0044-03-15 BC", "5874897-12-31", "0001-01-01"));
            case "timestamp" ->
                new Type(
                        name,
                        Form.MOMENT,
                        values,
                        List.of(
                                "infinity",
                                "-infinity",
                                "0044-03-15 BC",
                                "294276-12-31 23:59:59.999999",
                                "0001-01-01",
                                "9999-12-31 23:59:59.999999"));
            case "timestamptz" ->
                new Type(
                        name,
                        Form.MOMENT,
                        values,
                        List.of("infinity", "0044-03-15 00:00Z BC", "294276-12-31Z", "0001-01-01Z"));
            case "text", "varchar", "citext", "name" ->
                new Type(name, Form.TEXT, random -> text(random, values), TEXTS);
            case "json", "jsonb" ->
                new Type(
                        name,
                        Form.TEXT,
                        values,
                        List.of("null", "\"\"", "[]", "{\"a\": null, \"b\" : 1.10}", "\"\\u00fc\""));
            default -> new Type(name, Form.TEXT, values, List.of());
        };
    }

    private static String text(Random random, Function<Random, String> values) {
        return random.nextInt(3) == 0 ? TEXTS.get(random.nextInt(TEXTS.size())) : values.apply(random);
    }

    /** A type and its values, in which a semicolon stands for a comma. */
    private static Type listed(String line) {
        int space = line.indexOf(' ');
        List<String> values = java.util.stream.Stream.of(
                        line.substring(space + 1).split(",", -1))
                .map(value -> value.replace(';', ','))
                .toList();
        return new Type(
                line.substring(0, space), Form.TEXT, random -> values.get(random.nextInt(values.size())), List.of());
    }

    /** An array type of up to two dimensions. */
    static Type array(Type element, int dimensions) {
        Function<Random, String> one = random -> element.edges().isEmpty() || random.nextInt(6) > 0
                ? element.values().apply(random)
                : element.edges().get(0);
        boolean edgeFits = element.form() != Form.NUMBER
                && element.form() != Form.MOMENT
                && !element.name().equals("date");
        Function<Random, String> values = edgeFits ? one : element.values();
        return new Type(
                element.name() + "[]".repeat(dimensions),
                element.form(),
                random -> dimensions == 1 ? RandomValues.array(random, values) : RandomValues.table(random, values),
                List.of("{}", "{NULL}", "{{NULL},{NULL}}"));
    }

    /** A literal of a composite, some of its fields being NULL. */
    static String composite(Random random, List<Type> fields) {
        return fields.stream()
                .map(field ->
                        random.nextInt(3) == 0 ? "" : quoted(field.values().apply(random)))
                .collect(Collectors.joining(",", "(", ")"));
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    static String enumLabels(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "'" + TEXTS.get(i + 2).replace("'", "''") + "'")
                .collect(Collectors.joining(", "));
    }

    static List<String> labels(int count) {
        return TEXTS.subList(2, 2 + count);
    }
}
