package millrace.loader.random;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import millrace.loader.random.RandomColumn.Form;
import millrace.loader.random.RandomTypes.Type;

/**
 * A table of random columns.
 *
 * @param statements make it and the types that it uses
 * @param key the names of its key columns
 * @param cursor of an incremental table, the column by which rows grow
 */
record RandomTable(
        String schema,
        String name,
        List<RandomColumn> columns,
        List<String> key,
        Optional<String> cursor,
        List<String> statements) {
    private static final List<String> UNSORTED = List.of("json", "xml", "point", "box", "circle", "jsonpath", "xid");

    static RandomTable make(Random random, String schema, int number) {
        List<String> statements = new ArrayList<>();
        List<RandomColumn> columns = new ArrayList<>();
        boolean incremental = random.nextInt(5) == 0;
        if (incremental || random.nextInt(3) > 0) {
            columns.add(new RandomColumn("id", "bigserial", Form.TEXT, false, true, false, rows -> null));
        }
        Set<String> names = new HashSet<>(Set.of("id"));
        for (int left = 1 + random.nextInt(12); left > 0; left--) {
            String column = RandomNames.name(random);
            if (names.add(column)) {
                RandomColumn made = column(random, column, schema, number + "_" + left, statements);
                // ClickHouse takes arrays whose names have a dot for the parts of one nested table.
                if (!column.contains(".") || !made.isArray()) {
                    columns.add(made);
                }
            }
        }
        if (columns.isEmpty()) {
            columns.add(new RandomColumn("only", "int", Form.TEXT, false, false, false, rows -> "1"));
        }
        List<String> key = key(random, columns, incremental);
        String name = RandomNames.unique(random, number);
        String body = columns.stream()
                .map(column -> column.quoted() + " " + column.type() + (column.notNull() ? " NOT NULL" : ""))
                .collect(Collectors.joining(", "));
        String primary = key.isEmpty()
                ? ""
                : key.stream().map(RandomColumn::quoted).collect(Collectors.joining(", ", ", PRIMARY KEY (", ")"));
        statements.add("CREATE TABLE " + schema + "." + RandomColumn.quoted(name) + " (" + body + primary + ")");
        return new RandomTable(
                schema, name, columns, key, incremental ? Optional.of("id") : Optional.empty(), statements);
    }

    private static List<String> key(Random random, List<RandomColumn> columns, boolean incremental) {
        if (incremental) {
            return List.of("id");
        }
        List<String> possible = new ArrayList<>(columns.stream()
                .filter(column -> column.notNull()
                        && !column.asText()
                        && !column.type().contains("[]")
                        && !column.type().contains(".")
                        && !UNSORTED.contains(column.type()))
                .map(RandomColumn::name)
                .toList());
        java.util.Collections.shuffle(possible, random);
        return possible.subList(0, Math.min(possible.size(), random.nextInt(4)));
    }

    private static RandomColumn column(
            Random random, String name, String schema, String unique, List<String> statements) {
        List<Type> scalars = RandomTypes.scalars();
        Type type = scalars.get(random.nextInt(scalars.size()));
        String made = schema + ".made_" + unique;
        switch (random.nextInt(10)) {
            case 0, 1 -> {
                // Elements of few types only are more than text, and an array of anything else is text itself.
                type = RandomTypes.array(scalars.get(random.nextInt(RandomTypes.MAPPED)), 1 + random.nextInt(2));
            }
            case 2 -> {
                statements.add("CREATE DOMAIN " + made + " AS " + type.name());
                type = new Type(made, type.form(), type.values(), type.edges());
            }
            case 3 -> {
                Type element = RandomTypes.array(scalars.get(random.nextInt(RandomTypes.MAPPED)), 1);
                statements.add("CREATE DOMAIN " + made + " AS " + element.name());
                type = new Type(made, element.form(), element.values(), List.of("{}"));
            }
            case 4 -> {
                List<Type> fields = Stream.generate(() -> scalars.get(random.nextInt(RandomTypes.MAPPED)))
                        .limit(1 + random.nextInt(3))
                        .toList();
                String body = java.util.stream.IntStream.range(0, fields.size())
                        .mapToObj(i -> "f" + i + " " + fields.get(i).name())
                        .collect(Collectors.joining(", "));
                statements.add("CREATE TYPE " + made + " AS (" + body + ")");
                Function<Random, String> values = rows -> RandomTypes.composite(rows, fields);
                type = new Type(made, Form.TEXT, values, List.of());
                if (random.nextInt(3) == 0) {
                    type = RandomTypes.array(type, 1);
                } else if (random.nextInt(3) == 0) {
                    statements.add("CREATE DOMAIN " + made + "_d AS " + made);
                    type = new Type(made + "_d", Form.TEXT, values, List.of());
                }
            }
            case 5 -> {
                statements.add("CREATE TYPE " + made + " AS ENUM (" + RandomTypes.enumLabels(5) + ")");
                type = new Type(made, Form.TEXT, rows -> RandomTypes.labels(5).get(rows.nextInt(5)), List.of());
            }
            default -> {
                // As it is.
            }
        }
        return column(random, name, type);
    }

    private static RandomColumn column(Random random, String name, Type type) {
        boolean array = type.edges().contains("{}");
        boolean asText = random.nextInt(6) == 0;
        boolean notNull = array && !asText || random.nextInt(3) == 0;
        // Where the ends of a type's range stop the load, nothing else is tried of the table.
        boolean edgy = asText || random.nextInt(type.form() == Form.TEXT || type.form() == Form.DOUBLE ? 2 : 12) == 0;
        Function<Random, String> values = rows -> {
            if (!notNull && rows.nextInt(6) == 0) {
                return null;
            }
            boolean edge = edgy && !type.edges().isEmpty() && rows.nextInt(4) == 0;
            return edge
                    ? type.edges().get(rows.nextInt(type.edges().size()))
                    : type.values().apply(rows);
        };
        return new RandomColumn(name, type.name(), type.form(), array, notNull, asText, values);
    }

    /** What the pipeline file says of it. */
    String yaml() {
        StringBuilder yaml = new StringBuilder("- name: " + text(name));
        cursor.ifPresent(
                column -> yaml.append("\n  mode: incremental\n  cursor: ").append(text(column)));
        List<RandomColumn> shown = columns.stream().filter(RandomColumn::asText).toList();
        if (!shown.isEmpty()) {
            yaml.append("\n  columns:");
            shown.forEach(
                    column -> yaml.append("\n    ").append(text(column.name())).append(": {on_refusal: text}"));
        }
        return yaml + "\n";
    }

    private static String text(String name) {
        StringBuilder text = new StringBuilder("\"");
        name.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                text.append('\\').append((char) c);
            } else if (c < ' ' || c == 0x200b) {
                text.append(String.format("\\u%04x", c));
            } else {
                text.append((char) c);
            }
        });
        return text.append('"').toString();
    }

    String quoted() {
        return schema + "." + RandomColumn.quoted(name);
    }
}
