package millrace.webhook.run;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * One run of dbt, as it is kept and told to clients.
 *
 * @param runId its name
 * @param pipeline the name of its pipeline
 * @param state where it is in its life
 * @param cause who or what asked for it
 * @param command dbt's arguments as far as they are the run's own, the verb first
 * @param target the connection of profiles.yml that it uses
 * @param retryOf the run that it repeats; null when it repeats none
 * @param skipped what it leaves out and why, a sentence each; null when nothing
 * @param createdAt when it was asked for
 * @param startedAt when dbt started; null while it has not
 * @param finishedAt when it ended; null while it has not
 * @param seconds how long dbt took; null while it has not ended
 * @param summary the results counted; null while it has not ended
 * @param models the results node by node, in the order in which dbt finished them; null while it has not ended and in lists
 * @param error why it failed or was cancelled; null unless it was
 */
public record Run(
        RunId runId,
        String pipeline,
        RunState state,
        String cause,
        List<String> command,
        String target,
        RunId retryOf,
        List<String> skipped,
        Instant createdAt,
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
        requireNonNull(cause, "cause is null");
        requireNonNull(target, "target is null");
        requireNonNull(createdAt, "createdAt is null");
        command = List.copyOf(command);
        if (state.hasEnded() != (finishedAt != null)) {
            throw new IllegalArgumentException("a run has an end if and only if it has ended");
        }
        if ((state == RunState.FAILED || state == RunState.CANCELLED) != (error != null)) {
            throw new IllegalArgumentException("a run has an error if and only if it failed or was cancelled");
        }
        skipped = skipped == null || skipped.isEmpty() ? null : List.copyOf(skipped);
        models = models == null ? null : List.copyOf(models);
    }

    /** The command of dbt, such as source freshness. */
    public String verb() {
        return command.size() > 1 && !command.get(1).startsWith("-")
                ? command.get(0) + " " + command.get(1)
                : command.get(0);
    }

    /** The same run, as dbt starts. */
    public Run started(Instant at) {
        return with(RunState.RUNNING, at, null, null, null, null, null);
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
        return with(state, startedAt, finishedAt, seconds, summary, null, error);
    }

    /** The same run with its node results. */
    public Run with(List<NodeResult> nodes) {
        return with(state, startedAt, finishedAt, seconds, summary, nodes, error);
    }

    private Run finished(RunState end, Instant at, List<NodeResult> nodes, Failure why) {
        Instant start = startedAt == null ? at : startedAt;
        Instant finish = at.isBefore(start) ? start : at.truncatedTo(ChronoUnit.MILLIS);
        double took = Duration.between(start, finish).toMillis() / 1000.0;
        return with(end, startedAt, finish, took, Summary.of(nodes), nodes, why);
    }

    private Run with(
            RunState newState,
            Instant start,
            Instant finish,
            Double took,
            Summary counted,
            List<NodeResult> nodes,
            Failure why) {
        return new Run(
                runId, pipeline, newState, cause, command, target, retryOf, skipped, createdAt, start, finish, took,
                counted, nodes, why);
    }
}
