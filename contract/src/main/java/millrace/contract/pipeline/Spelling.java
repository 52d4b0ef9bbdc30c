package millrace.contract.pipeline;

/** Writes names as one must type them. */
public final class Spelling {
    private Spelling() {}

    /**
     * A table as the value of an option, for a shell.
     *
     * @param schema that of tables without one
     */
    public static String onCommandLine(TableName table, String schema) {
        String own = table.schema().equals(schema) ? "" : part(table.schema()) + ".";
        String text = own + part(table.table());
        if (hasControl(text)) {
            return "$'" + escaped(text).replace("'", "\\'") + "'";
        }
        return text.matches("[^\"$`\\\\!]*") ? '"' + text + '"' : "'" + text.replace("'", "'\\''") + "'";
    }

    /** What is no plain name in a pattern stands in double quotes; an option begins with a dash. */
    private static String part(String name) {
        boolean isPlain = name.matches("[^\"*?.-][^*?.]*");
        return isPlain ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A table as the text of a pipeline file. */
    public static String inFile(String table) {
        return TablePattern.hasWildcard(table) ? yaml('"' + table.replace("\"", "\"\"") + '"') : yaml(table);
    }

    /** Any other name as the text of a pipeline file. */
    public static String yaml(String name) {
        if (hasControl(name)) {
            return '"' + escaped(name).replace("\"", "\\\"") + '"';
        }
        return name.matches("[^\"\\\\]*") ? '"' + name + '"' : "'" + name.replace("'", "''") + "'";
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(Spelling::isControl);
    }

    private static boolean isControl(int c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
    }

    /** With escapes that a shell and YAML both know. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                escaped.append("\\\\");
            } else if (isControl(c)) {
                escaped.append(String.format(c < '\u0080' ? "\\x%02X" : "\\u%04X", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
