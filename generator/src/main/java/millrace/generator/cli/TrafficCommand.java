package millrace.generator.cli;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import millrace.contract.cli.Arguments;
import millrace.contract.cli.Command;
import millrace.contract.failure.ExitCode;
import millrace.contract.settings.Environment;
import millrace.contract.settings.PostgresSettings;
import millrace.generator.postgres.Session;
import millrace.generator.report.ProgressLog;
import millrace.generator.traffic.Source;
import millrace.generator.traffic.TrafficRun;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** Inserts, updates and deletes all the time. */
final class TrafficCommand implements Command {
    /** A lost change of the last instant before a crash is no loss here, and many changes a second are wanted. */
    private static final String SESSION = "-c synchronous_commit=off -c lock_timeout=10s";

    private static final long CHANGES_WITHOUT_END = Long.MAX_VALUE;
    private static final long SECONDS_TO_END = 5;

    private static final Option PIPELINE = Arguments.value("pipeline", "NAME", "Whose source.");
    private static final Option RATE = Arguments.value("rate", "N", "Changes a second, such as 20 or 0.5.");
    private static final Option SEED = Arguments.value(
            "seed", "N", "The same seed makes the same changes to the same rows; any seed unless given.");
    private static final Option SECONDS =
            Arguments.value("seconds", "N", "Ends after this time; without it, when it is told to.");

    private final Console console;

    TrafficCommand(Console console) {
        this.console = console;
    }

    @Override
    public String name() {
        return "traffic";
    }

    @Override
    public String description() {
        return "Makes inserts, updates and deletes in a source, as its users would, at a steady rate.";
    }

    @Override
    public Options options() {
        return new Options().addOption(PIPELINE).addOption(RATE).addOption(SEED).addOption(SECONDS);
    }

    @Override
    public int run(Arguments arguments) {
        Values values = new Values(arguments);
        Optional<Source> source = source(values);
        BigDecimal rate = values.number(RATE, new BigDecimal("0.01"), new BigDecimal("10000"));
        long seed = values.whole(SEED, 0, Long.MAX_VALUE, new SplittableRandom().nextLong(1_000_000_000));
        long seconds = values.whole(SECONDS, 1, 10_000_000, 0);
        values.refuseProblems();
        Environment environment = new Environment(console.environment());
        PostgresSettings settings = PostgresSettings.read(source.orElseThrow().env(), environment);
        environment.refuseProblems();
        TrafficRun run = new TrafficRun(
                source.orElseThrow(), rate.doubleValue(), made -> ProgressLog.tell(console.err(), "traffic " + made));
        ProgressLog.tell(
                console.err(),
                "traffic pipeline=" + source.orElseThrow().pipeline() + " rate=" + rate + " seed=" + seed);
        long changes = seconds == 0 ? CHANGES_WITHOUT_END : Math.max(1, Math.round(rate.doubleValue() * seconds));
        try (Session session = Session.open(settings, SESSION)) {
            runUntilTold(run, session, seed, changes);
        }
        console.out().println("Changes: " + run.made().replace(" ", ", "));
        return ExitCode.DONE.number();
    }

    private static Optional<Source> source(Values values) {
        Optional<String> name = values.needed(PIPELINE);
        Optional<Source> source = name.flatMap(Source::of);
        if (name.isPresent() && source.isEmpty()) {
            values.problem("There is no traffic for the pipeline \"" + name.get() + "\"; known are "
                    + Arrays.stream(Source.values()).map(Source::pipeline).collect(Collectors.joining(", ")) + ".");
        }
        return source;
    }

    /** A signal ends it between two changes, not within one. */
    private static void runUntilTold(TrafficRun run, Session session, long seed, long changes) {
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = new Thread(
                () -> {
                    run.stop();
                    try {
                        ended.await(SECONDS_TO_END, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            run.run(session, seed, changes);
        } finally {
            ended.countDown();
            remove(hook);
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already.
        }
    }
}
