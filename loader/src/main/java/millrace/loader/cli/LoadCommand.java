package millrace.loader.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import millrace.loader.config.Configuration;
import millrace.loader.config.TableEntry;
import millrace.loader.failure.ExitCode;
import millrace.loader.failure.Failure;
import millrace.loader.plan.Scope;
import millrace.loader.report.JsonReport;
import millrace.loader.report.LogFormat;
import millrace.loader.report.LogLines;
import millrace.loader.report.MetricsFile;
import millrace.loader.report.ProgressLine;
import millrace.loader.run.LoadListener;
import millrace.loader.run.LoadReport;
import millrace.loader.run.LoadRequest;
import millrace.loader.run.LoadRun;
import millrace.loader.run.RunName;
import millrace.loader.run.Sink;
import millrace.loader.run.Source;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "load", description = "Copy tables; each replaces the one before in one step, all or none of them.")
final class LoadCommand implements Callable<Integer> {
    /** More readers than this only compete for the source's disk. */
    private static final int MOST_WORKERS = 4;

    private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(10);

    private final Console console;
    private final Servers servers;

    @Mixin
    TableFlags options;

    @Mixin
    ScopeOptions scope;

    @Option(
            names = "--retries",
            paramLabel = "N",
            defaultValue = "5",
            description = "How often to begin again when a server or a connection is lost; 5 unless said otherwise.")
    int retries;

    @Option(names = "--run-id", paramLabel = "ID", description = "How the audit table names this run.")
    String runId;

    @Option(
            names = "--shared-snapshot",
            description = "Read the moment that the snapshot command holds for this run. Needs --run-id.")
    boolean shared;

    @Option(
            names = "--snapshot-wait",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long to wait for it; ${DEFAULT-VALUE} by default.")
    int snapshotWait;

    @Option(
            names = "--metrics",
            paramLabel = "FILE",
            description = "Write metrics of the run there, for Prometheus' node_exporter to read.")
    Path metricsFile;

    LoadCommand(Console console, Servers servers) {
        this.console = console;
        this.servers = servers;
    }

    @Override
    public Integer call() {
        if (shared && runId == null) {
            throw Failure.configuration(
                    "no-run-id", "--shared-snapshot needs --run-id.", "Say which run's snapshot is to be read.");
        }
        LoadListener listener = listener();
        Configuration configuration = options.configuration(console, servers);
        Optional<MetricsFile> metrics = Optional.ofNullable(metricsFile).map(MetricsFile::new);
        Source source = source(configuration);
        Sink sink = servers.sink().apply(configuration.target());
        LoadRequest request = request(configuration, chosen(configuration, source, metrics));
        LoadRun run = new LoadRun(source, sink, listener);
        SignalHook hook = new SignalHook(run);
        try {
            return report(run.run(request), metrics);
        } finally {
            hook.release();
        }
    }

    private static List<TableEntry> chosen(Configuration configuration, Source source, Optional<MetricsFile> metrics) {
        try {
            return TableFlags.chosen(configuration, source);
        } catch (Failure failure) {
            metrics.ifPresent(file -> file.write(configuration.pipeline().name(), List.of(), false));
            throw failure;
        }
    }

    private LoadRequest request(Configuration configuration, List<TableEntry> tables) {
        return request(configuration, runId == null ? newRunId() : runId, tables, scope.scope(), Math.max(0, retries));
    }

    private LoadListener listener() {
        LogFormat format = console.log();
        return console.terminal() && !console.environment().containsKey(Console.LOG)
                ? new ProgressLine(console.err())
                : new LogLines(console.err(), format, PROGRESS_INTERVAL);
    }

    private Source source(Configuration configuration) {
        Source source = servers.source().apply(configuration.source());
        return shared
                ? source.sharing(
                        new RunName(configuration.pipeline().name(), runId),
                        Duration.ofSeconds(snapshotWait),
                        this::waiting)
                : source;
    }

    private void waiting() {
        console.err().println(LogLines.waiting(runId, console.log()));
    }

    static LoadRequest request(
            Configuration configuration, String runId, List<TableEntry> tables, Scope scope, int retries) {
        int workers = Math.min(MOST_WORKERS, Math.max(2, Runtime.getRuntime().availableProcessors()));
        return new LoadRequest(
                runId,
                configuration.pipeline().name(),
                configuration.pipeline().file(),
                tables,
                scope,
                workers,
                retries);
    }

    /** Metrics that cannot be written are a failure only when there is no other. */
    private int report(LoadReport report, Optional<MetricsFile> metrics) {
        boolean success = report.failure().isEmpty();
        Optional<Failure> unwritten =
                metrics.flatMap(file -> file.write(report.request().pipeline(), report.loads(), success));
        Optional<Failure> failure = report.failure().or(() -> unwritten);
        if (options.json()) {
            console.out().println(JsonReport.load(new LoadReport(report.request(), report.loads(), failure)));
        }
        return failure.map(reason -> LoaderCommand.report(reason, console)).orElse(ExitCode.DONE.number());
    }

    private static String newRunId() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS) + "-"
                + String.format("%04x", ThreadLocalRandom.current().nextInt(1 << 16));
    }
}
