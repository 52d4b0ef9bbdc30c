package millrace.contract.pipeline;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** How a table's rows reach the target. Each mode answers all questions here, and nobody asks which one it is. */
public sealed interface LoadMode {
    /** The name used in pipeline files and in the audit table. */
    String label();

    /** How rows are added; empty where the whole table is replaced. */
    Optional<Incremental> increments();

    /** The whole table replaces the one before. */
    record Full() implements LoadMode {
        @Override
        public Optional<Incremental> increments() {
            return Optional.empty();
        }

        @Override
        public String label() {
            return "full";
        }
    }

    /**
     * Rows that the last load could not see are added; rows are never changed or removed in the source.
     *
     * @param cursor a column that grows from row to row, if only roughly
     * @param lookback how far below the highest cursor loaded a new row may lie; empty for any distance
     */
    record Incremental(String cursor, String lookback) implements LoadMode {
        public Incremental {
            requireNonNull(cursor, "cursor is null");
            requireNonNull(lookback, "lookback is null");
        }

        @Override
        public Optional<Incremental> increments() {
            return Optional.of(this);
        }

        @Override
        public String label() {
            return "incremental";
        }
    }
}
