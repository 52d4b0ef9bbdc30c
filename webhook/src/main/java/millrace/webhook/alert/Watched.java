package millrace.webhook.alert;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import millrace.contract.pipeline.AlertOptions;
import millrace.contract.pipeline.AlertOptions.Kind;
import millrace.webhook.run.Run;
import millrace.webhook.run.RunState;
import millrace.webhook.warehouse.Follower;
import millrace.webhook.warehouse.LoadedTable;
import millrace.webhook.warehouse.Overview;

/**
 * A pipeline whose file asks for alerts.
 *
 * @param lastRun the newest run of dbt that ended by itself
 */
public record Watched(String pipeline, AlertOptions options, Overview overview, Optional<Run> lastRun) {
    public Watched {
        requireNonNull(pipeline, "pipeline is null");
        requireNonNull(options, "options is null");
        requireNonNull(overview, "overview is null");
        requireNonNull(lastRun, "lastRun is null");
    }

    /** What there is to tell now. */
    public List<Alert> alerts(Instant now) {
        List<Alert> alerts = new ArrayList<>();
        for (Kind kind : options.when()) {
            switch (kind) {
                case FAILED -> failed(now).forEach(alerts::add);
                case STALE -> stale(now).forEach(alerts::add);
                case SHAPE_CHANGED -> shapeChanged(now).forEach(alerts::add);
                case VALUES_REPLACED -> valuesReplaced(now).forEach(alerts::add);
            }
        }
        return alerts;
    }

    private List<LoadedTable> tables() {
        return overview.tables(pipeline);
    }

    private Stream<Alert> failed(Instant now) {
        Stream<Alert> loads = tables().stream()
                .filter(table -> !table.isGood())
                .map(table -> goingOn(
                        Kind.FAILED,
                        table.name(),
                        "The last load of " + table.name() + " failed: " + table.sentence(),
                        now));
        Stream<Alert> runs = lastRun.filter(run -> run.state() == RunState.FAILED).stream()
                .map(run -> goingOn(
                        Kind.FAILED,
                        "dbt",
                        "The last run of dbt failed (" + run.runId() + "): "
                                + run.error().message(),
                        now));
        return Stream.concat(loads, runs);
    }

    private Stream<Alert> stale(Instant now) {
        if (options.staleAfterMinutes() == 0) {
            return Stream.empty();
        }
        Duration limit = Duration.ofMinutes(options.staleAfterMinutes());
        Optional<Follower> follower = overview.follower(pipeline);
        if (follower.isPresent()) {
            return follower
                    .filter(it -> it.isStopped() || it.isSilent(now) || it.lagSeconds() > limit.toSeconds())
                    .stream()
                    .map(it -> goingOn(
                            Kind.STALE,
                            "follower",
                            "Changes of the source do not arrive: the follower is " + it.state() + ", "
                                    + Math.round(it.lagSeconds()) + " s late, and was heard of last at " + it.at()
                                    + ".",
                            now));
        }
        return tables().stream()
                .filter(table ->
                        table.goodAt() == null || table.goodAt().plus(limit).isBefore(now))
                .map(table -> goingOn(
                        Kind.STALE,
                        table.name(),
                        table.name() + " is stale: "
                                + (table.goodAt() == null
                                        ? "no load of it has ended well."
                                        : "its last good load was at " + table.goodAt() + "."),
                        now));
    }

    private Stream<Alert> shapeChanged(Instant now) {
        return tables().stream()
                .filter(table -> table.isGood() && !table.shapeChanges().isEmpty())
                .map(table -> moment(
                        Kind.SHAPE_CHANGED,
                        table,
                        table.source() + " has changed: " + String.join("; ", table.shapeChanges()) + ".",
                        now));
    }

    private Stream<Alert> valuesReplaced(Instant now) {
        return tables().stream()
                .filter(table -> table.isGood() && table.replaced() > 0)
                .map(table -> moment(
                        Kind.VALUES_REPLACED,
                        table,
                        "The last load of " + table.name() + " replaced " + table.replaced()
                                + " values that the target could not hold.",
                        now));
    }

    private Alert goingOn(Kind kind, String subject, String sentence, Instant now) {
        return new Alert(pipeline, kind, subject, "", sentence, now);
    }

    private Alert moment(Kind kind, LoadedTable table, String sentence, Instant now) {
        return new Alert(pipeline, kind, table.name(), table.endedAt().toString(), sentence, now);
    }
}
