package millrace.stream.sink;

import static java.util.Objects.requireNonNull;

import millrace.stream.source.TableShape;

/**
 * What ClickHouse keeps about a table that is or was followed.
 *
 * @param source the table that is followed
 * @param shape what it looked like when it was copied, as {@link TableShape#digest}
 */
public record KnownTable(String source, State state, String shape) {
    /** How a table stands. */
    public enum State {
        /** What was committed below the pipeline's position is in it. */
        FOLLOWED,
        /** Changes are missing, and it is copied anew. */
        LEFT,
        /** Changes are missing because somebody wants it so, until somebody has it copied anew. */
        PAUSED
    }

    public KnownTable {
        requireNonNull(source, "source is null");
        requireNonNull(state, "state is null");
        requireNonNull(shape, "shape is null");
    }

    /** @param table null where nothing is known */
    public static boolean isPaused(KnownTable table) {
        return table != null && table.state() == State.PAUSED;
    }

    /** Whether it can be followed on, as it looks now. */
    public boolean isAs(TableShape now) {
        return state == State.FOLLOWED && now.isAs(shape);
    }
}
