package millrace.loader.plan;

import static java.util.Objects.requireNonNull;

/** How much of its tables a load was asked to load. */
public sealed interface Scope {
    /** Whether it is about a range of rows, which only some tables have. */
    boolean fillsRange();

    /** What each table's mode says. */
    record Usual() implements Scope {
        @Override
        public boolean fillsRange() {
            return false;
        }
    }

    /** All rows of every table. */
    record FullRefresh() implements Scope {
        @Override
        public boolean fillsRange() {
            return false;
        }
    }

    /**
     * The rows whose cursor lies in a range, again.
     *
     * @param from the first value within, as the user wrote it
     * @param to the first value beyond, as the user wrote it
     */
    record Backfill(String from, String to) implements Scope {
        public Backfill {
            requireNonNull(from, "from is null");
            requireNonNull(to, "to is null");
        }

        @Override
        public boolean fillsRange() {
            return true;
        }
    }
}
