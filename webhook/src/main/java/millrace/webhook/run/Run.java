package millrace.webhook.run;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import millrace.webhook.Failure;

/**
 * One run of dbt, as it is kept on disk and told to clients.
 *
 * @param runId its name
 * @param pipeline the name of its pipeline
 * @param state where it is in its life
 * @param startedAt when it started
 * @param finishedAt when it ended; null while it is running
 * @param seconds how long it took; null while it is running
 * @param summary the results counted; null while it is running
 * @param models the results node by node, in the order in which dbt finished them; null while it is running and in lists
 * @param error why it failed or was cancelled; null unless it was
 */
public record Run(
        RunId runId,
        String pipeline,
        RunState state,
        Instant startedAt,
        Instant finishedAt,
        Double seconds,
        Summary summary,
        List<NodeResult> models,
        Failure error) {
    public Run {
        requireNonNull(runId, "runId is null");
        requireNonNull(pipeline, "pipeline is null");
        requireNonNull(state, "state is null");
        requireNonNull(startedAt, "startedAt is null");
        if ((state == RunState.RUNNING) != (finishedAt == null)) {
            throw new IllegalArgumentException("a run has an end if and only if it is not running");
        }
        if ((state == RunState.FAILED || state == RunState.CANCELLED) != (error != null)) {
            throw new IllegalArgumentException("a run has an error if and only if it failed or was cancelled");
        }
        models = models == null ? null : List.copyOf(models);
    }

    /** A run that starts now. */
    public static Run started(RunId id, String pipeline, Instant at) {
        return new Run(id, pipeline, RunState.RUNNING, at, null, null, null, null, null);
    }

    /** The same run, green. */
    public Run succeeded(Instant at, List<NodeResult> nodes) {
        return finished(RunState.SUCCESS, at, nodes, null);
    }

    /** The same run, red. */
    public Run failed(Instant at, List<NodeResult> nodes, Failure why) {
        return finished(RunState.FAILED, at, nodes, why);
    }

    /** The same run, ended because somebody asked for it. */
    public Run cancelled(Instant at, List<NodeResult> nodes, Failure why) {
        return finished(RunState.CANCELLED, at, nodes, why);
    }

    /** The same run without its node results, for lists. */
    public Run brief() {
        return new Run(runId, pipeline, state, startedAt, finishedAt, seconds, summary, null, error);
    }

    private Run finished(RunState end, Instant at, List<NodeResult> nodes, Failure why) {
        Instant finish = at.isBefore(startedAt) ? startedAt : at.truncatedTo(ChronoUnit.MILLIS);
        double took = Duration.between(startedAt, finish).toMillis() / 1000.0;
        return new Run(runId, pipeline, end, startedAt, finish, took, Summary.of(nodes), nodes, why);
    }
}
