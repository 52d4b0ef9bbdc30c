package millrace.loader.cli;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import millrace.contract.cli.Arguments;
import millrace.contract.cli.Command;
import millrace.contract.failure.ExitCode;
import millrace.contract.failure.Failure;
import millrace.contract.pipeline.TableEntry;
import millrace.contract.pipeline.TableName;
import millrace.loader.config.Configuration;
import millrace.loader.report.JsonReport;
import millrace.loader.report.LogLines;
import millrace.loader.run.HeldSnapshot;
import millrace.loader.run.RunName;
import millrace.loader.run.Source;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

final class SnapshotCommand implements Command {
    private static final int WAIT_SECONDS = 20;

    private static final Option RUN_ID = Arguments.value("run-id", "ID", "The run whose loads may share it; needed.");
    private static final Option WAIT = Arguments.value(
            "snapshot-wait",
            "SECONDS",
            "How long to wait until an earlier snapshot of the run is gone; " + WAIT_SECONDS + " by default.");

    private static final long CLEAN_UP_SECONDS = 5;

    private final Console console;
    private final Servers servers;
    private final CountDownLatch signalled = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    SnapshotCommand(Console console, Servers servers) {
        this.console = console;
        this.servers = servers;
    }

    @Override
    public String name() {
        return "snapshot";
    }

    @Override
    public String description() {
        return "Hold one moment of the source for the loads of a run, until a signal ends it.";
    }

    @Override
    public Options options() {
        return TableFlags.allOptions().addOption(RUN_ID).addOption(WAIT);
    }

    @Override
    public int run(Arguments arguments) throws InterruptedException {
        String runId = arguments.needed(RUN_ID);
        Duration wait = Duration.ofSeconds(arguments.number(WAIT, WAIT_SECONDS));
        TableFlags options = TableFlags.of(arguments);
        Configuration configuration = options.configuration(console, servers);
        Source source = servers.source().apply(configuration.source());
        List<TableName> tables = TableFlags.chosen(configuration, source).stream()
                .map(TableEntry::source)
                .toList();
        RunName run = new RunName(configuration.pipeline().name(), runId);
        Thread hook = new Thread(this::endBySignal, "end");
        Runtime.getRuntime().addShutdownHook(hook);
        try (HeldSnapshot snapshot = source.hold(run, tables, wait)) {
            console.err().println(LogLines.holding(snapshot.id(), runId, console.log()));
            holdUntilSignalled(snapshot, run);
        } finally {
            forget(hook);
        }
        if (options.json()) {
            console.out().println(JsonReport.done(configuration.pipeline().name()));
        }
        ended.countDown();
        return ExitCode.DONE.number();
    }

    private void holdUntilSignalled(HeldSnapshot snapshot, RunName run) throws InterruptedException {
        while (!signalled.await(1, TimeUnit.SECONDS)) {
            if (!snapshot.isHeld()) {
                throw Failure.running(
                        "snapshot-lost",
                        "Postgres has ended the connection that held the snapshot of the run \"" + run.runId()
                                + "\" of the pipeline " + run.pipeline() + ".",
                        "Start the whole run again: loads that have not begun could not be of its moment.");
            }
        }
    }

    /** A signal is how this command is meant to end, not a failure, as which the JVM would report it. */
    private void endBySignal() {
        signalled.countDown();
        try {
            if (ended.await(CLEAN_UP_SECONDS, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(ExitCode.DONE.number());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already.
        }
    }
}
