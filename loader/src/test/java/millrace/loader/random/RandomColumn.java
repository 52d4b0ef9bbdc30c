package millrace.loader.random;

import java.util.Random;
import java.util.function.Function;

/**
 * A column of a random table.
 *
 * @param type as in CREATE TABLE
 * @param form how its values are compared
 * @param asText whether the pipeline file makes it a String of its texts, whatever does not fit elsewhere
 * @param values literals of it, null for NULL
 */
record RandomColumn(
        String name,
        String type,
        Form form,
        boolean isArray,
        boolean notNull,
        boolean asText,
        Function<Random, String> values) {
    /** How a text of Postgres and one of ClickHouse are the same. */
    enum Form {
        TEXT,
        NUMBER,
        MONEY,
        REAL,
        DOUBLE,
        BOOLEAN,
        BYTES,
        MOMENT
    }

    String quoted() {
        return quoted(name);
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
