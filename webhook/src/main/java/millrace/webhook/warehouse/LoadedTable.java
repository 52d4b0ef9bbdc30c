package millrace.webhook.warehouse;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * A table of ClickHouse that has been loaded, as its last loads left it.
 *
 * @param name with its database
 * @param source the table of Postgres
 * @param mode of the last load
 * @param isGood whether the last load ended well
 * @param sentence what the last load did, or why it failed
 * @param endedAt when the last load ended
 * @param goodAt when the last one ended that went well; null when none did
 * @param rowsAt when the last one began that brought rows; null when none did
 * @param rows that the table has
 * @param bytes on disk; 0 when nobody knows
 * @param replaced how many values of the last load were NULL or another text in ClickHouse, as they did not fit
 * @param loadsOfDay how many loads there were within a day
 * @param failuresOfDay how many of them failed
 * @param trend rows after each of the last good loads, the oldest first
 */
public record LoadedTable(
        String pipeline,
        String name,
        String source,
        String mode,
        boolean isGood,
        String sentence,
        Instant endedAt,
        Instant goodAt,
        Instant rowsAt,
        long rows,
        long bytes,
        long replaced,
        long loadsOfDay,
        long failuresOfDay,
        List<Double> trend) {
    public LoadedTable {
        requireNonNull(pipeline, "pipeline is null");
        requireNonNull(name, "name is null");
        requireNonNull(endedAt, "endedAt is null");
        trend = List.copyOf(trend);
    }

    /** What the last load says of columns that changed. */
    public List<String> shapeChanges() {
        return Load.shapeChanges(sentence);
    }
}
