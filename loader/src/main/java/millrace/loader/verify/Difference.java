package millrace.loader.verify;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** Something that the target has otherwise than the source. */
public sealed interface Difference {
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

    /** The target has the row more often than the source. */
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

    /** Rows of a table without a key differ, and nothing says which. */
    record Unkeyed(List<String> columns) implements Difference {
        public Unkeyed {
            columns = List.copyOf(columns);
        }

        @Override
        public String sentence() {
            return "rows differ in " + String.join(", ", columns) + "; without a key nobody can say which";
        }
    }

    /** The sums of a bucket differed, but when its rows were fetched none did. */
    record Fleeting(String bucket) implements Difference {
        public Fleeting {
            requireNonNull(bucket, "bucket is null");
        }

        @Override
        public String sentence() {
            return "the checksums of bucket \"" + bucket + "\" differed, but no row of it did a moment later:"
                    + " the table was written to meanwhile";
        }
    }

    /** Says what differs, in part of a sentence. */
    String sentence();
}
