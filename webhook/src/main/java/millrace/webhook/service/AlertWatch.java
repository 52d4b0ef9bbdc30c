package millrace.webhook.service;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import millrace.contract.failure.Failure;
import millrace.contract.failure.Problems;
import millrace.contract.pipeline.AlertOptions;
import millrace.contract.pipeline.Pipeline;
import millrace.contract.pipeline.PipelineReader;
import millrace.service.OneLine;
import millrace.webhook.alert.Alert;
import millrace.webhook.alert.Watched;
import millrace.webhook.config.Settings;
import millrace.webhook.pipeline.Pipelines;
import millrace.webhook.run.Run;
import millrace.webhook.run.RunFilter;
import millrace.webhook.run.RunState;
import millrace.webhook.store.AlertTable;
import millrace.webhook.warehouse.Loads;
import millrace.webhook.warehouse.Overview;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks again and again at the pipelines whose files ask for alerts, and tells what begins and what is over, each once. */
public final class AlertWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("alert");
    private static final int RUNS = 20;

    private final Settings settings;
    private final Pipelines pipelines;
    private final Runs runs;
    private final Loads loads;
    private final AlertTable table;
    private final Sender sender;
    private Thread thread;

    public AlertWatch(Settings settings, Pipelines pipelines, Runs runs, Loads loads, AlertTable table, Sender sender) {
        this.settings = requireNonNull(settings, "settings is null");
        this.pipelines = requireNonNull(pipelines, "pipelines is null");
        this.runs = requireNonNull(runs, "runs is null");
        this.loads = requireNonNull(loads, "loads is null");
        this.table = requireNonNull(table, "table is null");
        this.sender = requireNonNull(sender, "sender is null");
    }

    /** Begins to look. */
    public void start() {
        thread = Thread.ofVirtual().name("alerts").start(() -> watch(settings.alertPause()));
    }

    /** Those that go on, the oldest first. */
    public List<Alert> open() {
        return table.known().values().stream()
                .filter(alert -> !alert.isMoment())
                .toList();
    }

    @Override
    public void close() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void watch(Duration pause) {
        try {
            while (true) {
                try {
                    look(Instant.now());
                } catch (RuntimeException e) {
                    LOG.warn("could not look for alerts: {}", OneLine.of(String.valueOf(e.getMessage())));
                }
                Thread.sleep(pause);
            }
        } catch (InterruptedException e) {
            LOG.debug("no more alerts");
        }
    }

    private void look(Instant now) {
        Map<String, AlertOptions> asked = asked();
        Map<String, Alert> known = table.known();
        if (asked.isEmpty() && known.isEmpty()) {
            return;
        }
        Overview overview = loads.overview();
        if (overview.problem().isPresent()) {
            return; // Nobody knows whether anything has begun or is over.
        }
        List<Alert> current = new ArrayList<>();
        asked.forEach((pipeline, options) ->
                current.addAll(new Watched(pipeline, options, overview, lastRun(pipeline)).alerts(now)));
        Set<String> ids = new HashSet<>();
        for (Alert alert : current) {
            ids.add(alert.id());
            if (!known.containsKey(alert.id())) {
                LOG.info(
                        "begun pipeline={} kind={} subject={}",
                        alert.pipeline(),
                        alert.kind().spelled(),
                        alert.subject());
                table.begin(alert, sender.of(alert.begun()));
            }
        }
        known.values().stream().filter(alert -> !ids.contains(alert.id())).forEach(alert -> end(alert, now));
        sender.wake();
    }

    private void end(Alert alert, Instant now) {
        if (!alert.isMoment()) {
            LOG.info(
                    "over pipeline={} kind={} subject={}",
                    alert.pipeline(),
                    alert.kind().spelled(),
                    alert.subject());
            table.end(alert, sender.of(alert.over()));
        } else if (AlertTable.isOld(alert, now)) {
            table.end(alert, List.of());
        }
    }

    /** What files ask for, by pipeline; a file that cannot be read asks for nothing. */
    private Map<String, AlertOptions> asked() {
        Map<String, AlertOptions> asked = new HashMap<>();
        for (String name : pipelines.names()) {
            Path file = settings.pipelines().resolve(name + ".yml");
            try {
                String shown = file.getFileName().toString();
                new PipelineReader(shown, "", new Problems(shown))
                        .read(file)
                        .flatMap(Pipeline::alerts)
                        .ifPresent(options -> asked.put(name, options));
            } catch (Failure e) {
                LOG.debug("pipeline={} cannot be read", name);
            }
        }
        return asked;
    }

    /** One that somebody ended says nothing of the pipeline. */
    private Optional<Run> lastRun(String pipeline) {
        return runs.list(RunFilter.of(pipeline, RUNS)).stream()
                .filter(run -> run.state() == RunState.SUCCESS || run.state() == RunState.FAILED)
                .findFirst();
    }
}
