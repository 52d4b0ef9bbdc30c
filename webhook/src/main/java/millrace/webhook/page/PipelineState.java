package millrace.webhook.page;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import millrace.webhook.pipeline.About;
import millrace.webhook.run.Run;
import millrace.webhook.run.RunState;
import millrace.webhook.warehouse.Follower;
import millrace.webhook.warehouse.LoadedTable;

/**
 * A pipeline as the front page shows it.
 *
 * @param lastRun the newest run of dbt
 */
public record PipelineState(About about, List<LoadedTable> tables, Optional<Follower> follower, Optional<Run> lastRun) {
    public PipelineState {
        requireNonNull(about, "about is null");
        requireNonNull(follower, "follower is null");
        requireNonNull(lastRun, "lastRun is null");
        tables = List.copyOf(tables);
    }

    List<LoadedTable> failing() {
        return tables.stream().filter(table -> !table.isGood()).toList();
    }

    Optional<Instant> lastLoad() {
        return tables.stream().map(LoadedTable::endedAt).max(Comparator.naturalOrder());
    }

    /** Until when all of its tables hold what the source held; empty while one has never been loaded well. */
    public Optional<Instant> freshUntil() {
        return tables.stream().anyMatch(table -> table.goodAt() == null)
                ? Optional.empty()
                : tables.stream()
                        .map(LoadedTable::goodAt)
                        .filter(Objects::nonNull)
                        .min(Comparator.naturalOrder());
    }

    long rows() {
        return tables.stream().mapToLong(LoadedTable::rows).sum();
    }

    boolean lastRunFailed() {
        return lastRun.filter(run -> run.state() == RunState.FAILED).isPresent();
    }
}
