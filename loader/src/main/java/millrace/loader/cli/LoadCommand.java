package millrace.loader.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import millrace.contract.cli.Arguments;
import millrace.contract.cli.Command;
import millrace.contract.failure.ExitCode;
import millrace.contract.failure.Failure;
import millrace.contract.pipeline.TableEntry;
import millrace.loader.config.Configuration;
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
import millrace.loader.run.Sink;
import millrace.loader.run.Source;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

final class LoadCommand implements Command {
    private static final int DEFAULT_RETRIES = 5;

    private static final Option RETRIES = Arguments.value(
            "retries",
            "N",
            "How often to begin again when a server or a connection is lost; " + DEFAULT_RETRIES
                    + " unless said otherwise.");
    private static final Option METRICS = Arguments.value(
            "metrics", "FILE", "Write metrics of the run there, for Prometheus' node_exporter to read.");

    /** More readers than this only compete for the source's disk. */
    private static final int MAX_WORKERS = 4;

    private final Console console;
    private final Servers servers;

    LoadCommand(Console console, Servers servers) {
        this.console = console;
        this.servers = servers;
    }

    @Override
    public String name() {
        return "load";
    }

    @Override
    public String description() {
        return "Copy tables; each replaces the one before in one step, when all of them are complete.";
    }

    @Override
    public Options options() {
        return TableFlags.allOptions()
                .addOptions(ScopeOptions.options())
                .addOption(RETRIES)
                .addOptions(SharingOptions.options())
                .addOption(METRICS);
    }

    @Override
    public int run(Arguments arguments) {
        SharingOptions sharing = SharingOptions.of(arguments);
        String runId = sharing.runId().isEmpty() ? newRunId() : sharing.runId();
        Scope scope = ScopeOptions.scope(arguments);
        int retries = Math.max(0, arguments.number(RETRIES, DEFAULT_RETRIES));
        Optional<MetricsFile> metrics =
                Optional.ofNullable(arguments.text(METRICS, null)).map(Path::of).map(MetricsFile::new);
        TableFlags options = TableFlags.of(arguments);
        LoadListener listener = listener();
        Configuration configuration = options.configuration(console, servers);
        refuseFollowed(configuration);
        Source source = sharing.source(
                servers.source().apply(configuration.source()),
                configuration.pipeline().name(),
                console);
        Sink sink = servers.sink().apply(configuration.target());
        LoadRequest request = request(
                configuration,
                runId,
                chosen(configuration, source, metrics),
                scope,
                arguments.has(ScopeOptions.ADOPT),
                retries);
        LoadRun run = new LoadRun(source, sink, listener);
        SignalHook hook = new SignalHook(run);
        try {
            return report(run.run(request), metrics, options.json());
        } finally {
            hook.release();
        }
    }

    /** A load would put a table in the place of the view through which readers see the changes. */
    private static void refuseFollowed(Configuration configuration) {
        if (configuration.pipeline().follow().isPresent()) {
            throw Failure.configuration(
                    "followed",
                    "The pipeline " + configuration.pipeline().name() + " is followed, so its tables are not loaded.",
                    "\"follow run\" copies them and keeps them up to date; to load them, take \"follow\" out of "
                            + configuration.pipeline().file() + ".");
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

    private LoadListener listener() {
        LogFormat format = console.log();
        return console.showsLine()
                ? new ProgressLine(console.err())
                : new LogLines(console.err(), format, Console.PROGRESS_INTERVAL);
    }

    static LoadRequest request(
            Configuration configuration,
            String runId,
            List<TableEntry> tables,
            Scope scope,
            boolean adopt,
            int retries) {
        int workers = Math.min(MAX_WORKERS, Math.max(2, Runtime.getRuntime().availableProcessors()));
        return new LoadRequest(
                runId,
                configuration.pipeline().name(),
                configuration.pipeline().file(),
                tables,
                scope,
                adopt,
                workers,
                retries);
    }

    /** Metrics that cannot be written are a failure only when there is no other. */
    private int report(LoadReport report, Optional<MetricsFile> metrics, boolean json) {
        boolean success = report.failure().isEmpty();
        Optional<Failure> unwritten =
                metrics.flatMap(file -> file.write(report.request().pipeline(), report.loads(), success));
        Optional<Failure> failure = report.failure().or(() -> unwritten);
        if (json) {
            console.out().println(JsonReport.load(new LoadReport(report.request(), report.loads(), failure)));
        }
        return failure.map(reason -> LoaderCommand.report(reason, console)).orElse(ExitCode.DONE.number());
    }

    private static String newRunId() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS) + "-"
                + String.format("%04x", ThreadLocalRandom.current().nextInt(1 << 16));
    }
}
