package millrace.loader.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import millrace.loader.config.Configuration;
import millrace.loader.config.TableEntry;
import millrace.loader.failure.ExitCode;
import millrace.loader.failure.Failure;
import millrace.loader.plan.Scope;
import millrace.loader.report.JsonReport;
import millrace.loader.report.LogLines;
import millrace.loader.report.ProgressLine;
import millrace.loader.run.LoadListener;
import millrace.loader.run.LoadReport;
import millrace.loader.run.LoadRequest;
import millrace.loader.run.LoadRun;
import millrace.loader.run.RunName;
import millrace.loader.run.Source;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "load", description = "Copy tables; each replaces the one before in one step, all or none of them.")
final class LoadCommand implements Callable<Integer> {
    /** More readers than this only compete for the source's disk. */
    private static final int MOST_WORKERS = 4;

    private static final long CLEAN_UP_SECONDS = 20;

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
        Configuration configuration = options.configuration(console);
        Source source = source(configuration);
        LoadRequest request = request(
                configuration,
                runId == null ? newRunId() : runId,
                TableFlags.chosen(configuration, source),
                scope.scope(),
                Math.max(0, retries));
        LoadListener listener = console.terminal() ? new ProgressLine(console.err()) : new LogLines(console.err());
        LoadRun run = new LoadRun(source, servers.sink().apply(configuration.target()), listener);
        return report(interruptible(run, request));
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
        console.err().println("waiting for the snapshot of the run " + runId);
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

    /** A signal ends the run: what is staged is removed before the process is gone. */
    private static LoadReport interruptible(LoadRun run, LoadRequest request) {
        Thread hook = new Thread(() -> interrupt(run), "interrupt");
        Runtime.getRuntime().addShutdownHook(hook);
        LoadReport report = run.run(request);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already.
        }
        return report;
    }

    private static void interrupt(LoadRun run) {
        try {
            run.interrupt(CLEAN_UP_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int report(LoadReport report) {
        if (options.json()) {
            console.out().println(JsonReport.load(report));
        }
        return report.failure()
                .map(failure -> LoaderCommand.report(failure, console))
                .orElse(ExitCode.DONE.number());
    }

    private static String newRunId() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS) + "-"
                + String.format("%04x", ThreadLocalRandom.current().nextInt(1 << 16));
    }
}
