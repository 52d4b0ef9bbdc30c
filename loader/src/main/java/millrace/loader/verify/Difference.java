package millrace.loader.verify;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** Something that the target has otherwise than the source. */
public sealed interface Difference {
    /** The columns are not those of the source, so that no rows were compared. */
    record Shape(String sentence) implements Difference {
        public Shape {
            requireNonNull(sentence, "sentence is null");
        }
    }

    /** The row is in the source only. */
    record Missing(String key) implements Difference {
        public Missing {
            requireNonNull(key, "key is null");
        }

        @Override
        public String sentence() {
            return "the row " + key + " is missing";
        }
    }

    /** The target has the row more often, or more seldom, than the source. */
    record Surplus(String key, long times, long expected) implements Difference {
        public Surplus {
            requireNonNull(key, "key is null");
        }

        @Override
        public String sentence() {
            return "the row " + key + " is there " + times(times) + " instead of " + times(expected);
        }

        private static String times(long count) {
            return count == 1 ? "once" : count == 2 ? "twice" : count == 0 ? "never" : count + " times";
        }
    }

    /** The row is on both sides, with other values. */
    record Changed(String key, List<String> columns) implements Difference {
        public Changed {
            requireNonNull(key, "key is null");
            columns = List.copyOf(columns);
        }

        @Override
        public String sentence() {
            return "the row " + key + " differs in " + String.join(", ", columns);
        }
    }

    /** Rows of a table without a key have other values, and nothing says which. */
    record Unkeyed(long rows, List<String> columns) implements Difference {
        public Unkeyed {
            columns = List.copyOf(columns);
        }

        @Override
        public String sentence() {
            return (rows == 1 ? "a row differs in " : rows + " rows differ in ") + String.join(", ", columns)
                    + "; without a key nobody can say which";
        }
    }

    /** A table without a key has other rows. */
    record Unmatched(long missing, long surplus) implements Difference {
        @Override
        public String sentence() {
            return "of the rows that were looked at, " + missing + (missing == 1 ? " is" : " are") + " missing and "
                    + surplus + (surplus == 1 ? " is" : " are")
                    + " in the target only; without a key nobody can say which";
        }
    }

    /** Sums differed, but when the rows were fetched none did. */
    record Fleeting() implements Difference {
        @Override
        public String sentence() {
            return "the checksums differed, but no row did a moment later: the table was written to meanwhile";
        }
    }

    /** Says what differs, in part of a sentence. */
    String sentence();
}
