package millrace.loader.plan;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Which rows of the source travel, and what becomes of those that the target has. Each extent answers all questions here, so that
 * a new one does not compile without.
 */
public sealed interface Extent {
    /** Whether rows that the target has stay there. */
    boolean keepsRows();

    /** Whether rows that travel may be among those that the target has, and are left out then. */
    boolean meetsKnownRows();

    /** The range whose rows of the target give way to those that travel; empty where none does. */
    Optional<Range> replaces();

    /** All rows take the place of all rows. */
    record Everything() implements Extent {
        @Override
        public boolean keepsRows() {
            return false;
        }

        @Override
        public boolean meetsKnownRows() {
            return false;
        }

        @Override
        public Optional<Range> replaces() {
            return Optional.empty();
        }
    }

    /**
     * Rows that were not yet visible at an earlier moment are added. Those of transactions that were in progress then may be
     * among the rows that the target has; they are recognized by their key.
     *
     * @param floor where to begin looking; everywhere when empty
     */
    record SinceLast(SyncState last, Optional<Floor> floor) implements Extent {
        public SinceLast {
            requireNonNull(last, "last is null");
            requireNonNull(floor, "floor is null");
        }

        @Override
        public boolean keepsRows() {
            return true;
        }

        @Override
        public boolean meetsKnownRows() {
            return true;
        }

        @Override
        public Optional<Range> replaces() {
            return Optional.empty();
        }
    }

    /**
     * No new row lies lower than this.
     *
     * @param highest the highest value of the column that the target has, as text
     * @param distance how far below it new rows may lie, as text
     */
    record Floor(ColumnSpec column, String highest, String distance) {
        public Floor {
            requireNonNull(column, "column is null");
            requireNonNull(highest, "highest is null");
            requireNonNull(distance, "distance is null");
        }
    }

    /**
     * The source's rows of a range take the place of the target's rows of that range.
     *
     * @param from the first value within, as both servers read it
     * @param to the first value beyond, as both servers read it
     */
    record Range(ColumnSpec column, String from, String to) implements Extent {
        public Range {
            requireNonNull(column, "column is null");
            requireNonNull(from, "from is null");
            requireNonNull(to, "to is null");
        }

        @Override
        public boolean keepsRows() {
            return true;
        }

        @Override
        public boolean meetsKnownRows() {
            return false;
        }

        @Override
        public Optional<Range> replaces() {
            return Optional.of(this);
        }
    }
}
