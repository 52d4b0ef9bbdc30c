package millrace.stream.sink;

import static java.util.Objects.requireNonNull;

/**
 * Up to where a pipeline has come.
 *
 * @param generation counts the slots that the pipeline has had
 * @param system the number of the Postgres server
 * @param timeline that of the server
 * @param applied everything committed below this place in its log is in ClickHouse; 0 while the first copy is under way
 */
public record Position(long generation, String slot, String system, int timeline, long applied) {
    public Position {
        requireNonNull(slot, "slot is null");
        requireNonNull(system, "system is null");
    }

    public boolean isCopying() {
        return applied == 0;
    }

    public Position at(long place) {
        return new Position(generation, slot, system, timeline, place);
    }

    public Position on(int grown) {
        return new Position(generation, slot, system, grown, applied);
    }
}
