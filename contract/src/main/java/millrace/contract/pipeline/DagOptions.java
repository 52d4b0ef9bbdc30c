package millrace.contract.pipeline;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.Optional;

/**
 * When a pipeline is run.
 *
 * @param id names it among all DAGs
 * @param schedule a preset or cron expression; empty for by hand only
 * @param startDate the first day that is due
 * @param retries further tries of a task that failed
 * @param retryDelayMinutes between two tries
 */
public record DagOptions(
        String id, Optional<String> schedule, LocalDate startDate, int retries, int retryDelayMinutes) {
    public DagOptions {
        requireNonNull(id, "id is null");
        requireNonNull(schedule, "schedule is null");
        requireNonNull(startDate, "startDate is null");
    }

    /** That of a pipeline whose file says nothing of it. */
    public static DagOptions usual(String pipeline) {
        return new DagOptions(pipeline, Optional.empty(), LocalDate.of(2025, 1, 1), 2, 5);
    }
}
