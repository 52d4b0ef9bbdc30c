package millrace.contract.pipeline;

import static java.util.Objects.requireNonNull;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tables by name, "table" or "schema.table": * stands for any characters, ? for one. A part in double quotes is a name as it is.
 *
 * @param text as it was written
 */
public record TablePattern(String text, Part schema, Part table) {
    private static final Pattern FORM =
            Pattern.compile("(?:(?<schema>\"(?:[^\"]|\"\")+\"|[^\".][^.]*)\\.)?(?<table>.+)", Pattern.DOTALL);

    public TablePattern {
        requireNonNull(text, "text is null");
        requireNonNull(schema, "schema is null");
        requireNonNull(table, "table is null");
    }

    /** @param schema that of a text without a dot, a name as it is */
    public static TablePattern parse(String text, String schema) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches() || parts.group("schema") == null) {
            return new TablePattern(text, new Part(schema, true), Part.of(text));
        }
        return new TablePattern(text, Part.of(parts.group("schema")), Part.of(parts.group("table")));
    }

    /** Tables of one schema, a name as it is; a dot has no meaning. */
    static TablePattern within(String schema, String table) {
        return new TablePattern(schema + "." + table, new Part(schema, true), Part.of(table));
    }

    static boolean hasWildcard(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
    }

    public boolean matches(TableName name) {
        return schema.matches(name.schema()) && table.matches(name.table());
    }

    /** Whether no other table can match than {@link #name}. */
    public boolean isName() {
        return schema.exact && table.exact;
    }

    public TableName name() {
        return new TableName(schema.text, table.text);
    }

    /**
     * One side of the dot.
     *
     * @param exact whether the text is a name rather than a pattern
     */
    record Part(String text, boolean exact) {
        private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"]|\"\")+\"");

        static Part of(String written) {
            return QUOTED.matcher(written).matches()
                    ? new Part(written.substring(1, written.length() - 1).replace("\"\"", "\""), true)
                    : new Part(written, !hasWildcard(written));
        }

        boolean matches(String name) {
            return exact ? text.equals(name) : Pattern.matches(expression(), name);
        }

        private String expression() {
            StringBuilder expression = new StringBuilder("(?s)");
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                expression.append(
                        switch (c) {
                            case '*' -> ".*";
                            case '?' -> ".";
                            default -> Pattern.quote(String.valueOf(c));
                        });
            }
            return expression.toString();
        }
    }
}
