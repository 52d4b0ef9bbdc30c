package millrace.stream.cli;

import static java.util.Objects.requireNonNull;

import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import millrace.contract.cli.Version;
import millrace.contract.failure.ExitCode;
import millrace.contract.failure.Failure;
import millrace.loader.clickhouse.ClickHouseHttp;
import millrace.loader.report.Json;
import millrace.loader.report.JsonReport;
import millrace.loader.report.LogFormat;
import millrace.loader.report.LogLines;
import millrace.loader.report.TextReport;
import millrace.loader.report.VerifyLines;
import millrace.loader.verify.TableComparison;
import millrace.loader.verify.VerifyListener;
import millrace.stream.protocol.Lsn;
import millrace.stream.run.FollowLoop;
import millrace.stream.run.FollowState;
import millrace.stream.run.Obstacles;
import millrace.stream.run.Setup;
import millrace.stream.sink.Positions;
import millrace.stream.source.Obstacle;
import millrace.stream.source.SlotState;
import millrace.stream.source.SourceDatabase;
import millrace.stream.status.ProgressLog;
import millrace.stream.status.StatusServer;

/** The command line as a whole. */
public final class FollowCommand {
    private static final String USAGE = """
            Usage: follow COMMAND --pipeline NAME [--table TABLE]... [--json]
            Keeps ClickHouse equal to PostgreSQL by following its changes.

            check    Name everything that is in the way, with the SQL that removes it.
            run      Copy the tables, then follow their changes until told to stop.
            status   Show how far the stream has come.
            verify   Compare every value with the source, as of one moment, while both go on.
            add      Have the follower that runs take up tables that the pipeline file has since got.
            recopy   Have tables copied anew, while readers keep those of before.
            pause    Have tables followed no more, and everything else go on.
            resume   Have such tables copied anew and followed.
            hold     Let readers see one moment of the source, for --seconds N (60) or until "release"; --until LSN names it.
            release  Let the stream go on.
            recheck  Count the rows that rules keep from readers.
            drop     Give up the stream: remove its slot and its position. Tables stay as they are.

            --version tells which one this is.
            NAME is a pipeline in the folder that MILLRACE_PIPELINES names, or the path of a .yml file.
            Exit codes: 0 done, 1 failed while running, 2 bad configuration or an obstacle, 3 a server can't be reached.
            """;
    private static final long STOP_MILLIS = 20_000;
    private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(10);

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    public FollowCommand(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = Map.copyOf(environment);
        this.out = requireNonNull(out, "out is null");
        this.err = requireNonNull(err, "err is null");
    }

    /** Runs a command line and returns the exit code of the process. */
    public int run(String[] arguments) {
        if (arguments.length == 0) {
            err.print(USAGE);
            return ExitCode.BAD_CONFIGURATION.number();
        }
        if (Arrays.asList(arguments).contains("--help") || arguments[0].equals("-h")) {
            out.print(USAGE);
            return ExitCode.DONE.number();
        }
        if (arguments[0].equals("--version") || arguments[0].equals("-V")) {
            out.println(Version.of("follow"));
            return ExitCode.DONE.number();
        }
        try {
            Words words = Words.read(arguments);
            Setup setup = Setup.read(words.pipeline(), environment);
            return switch (words.command()) {
                case "check" -> check(setup, words.json());
                case "run" -> follow(setup, () -> Setup.read(words.pipeline(), environment));
                case "status" -> status(setup, words.json());
                case "add" -> add(setup, words.json());
                case "recopy", "pause", "resume" -> ask(setup, words);
                case "hold", "release", "recheck" -> ask(setup, words.command(), words.query(), words.json());
                case "verify" -> verify(setup, words.json());
                default -> drop(setup);
            };
        } catch (Failure failure) {
            report(failure);
            return failure.exitCode().number();
        } catch (RuntimeException e) {
            report(Failure.running("defect", "The follower met an unexpected error: " + e, "Please report this."));
            if (environment.containsKey("LOADER_TRACE")) {
                e.printStackTrace(err);
            }
            return ExitCode.FAILED.number();
        }
    }

    private void report(Failure failure) {
        boolean json = environment.getOrDefault("LOADER_LOG", "").equals("json");
        err.println(json ? LogLines.failure(failure, LogFormat.JSON) : TextReport.failure(failure));
        if (environment.containsKey("LOADER_TRACE")) {
            failure.printStackTrace(err);
        }
    }

    private int check(Setup setup, boolean json) {
        List<Obstacle> found;
        try (SourceDatabase database = setup.database()) {
            found = Obstacles.of(setup, database, new ClickHouseHttp(setup.target()), setup.entries());
        }
        if (json) {
            out.println(Json.of(found.stream()
                    .map(obstacle -> Map.of("sentence", obstacle.sentence(), "sql", obstacle.sql()))
                    .toList()));
        } else if (found.isEmpty()) {
            out.println("Nothing is in the way: the pipeline " + setup.pipeline() + " can be followed.");
        } else {
            for (Obstacle obstacle : found) {
                out.println(obstacle.sentence());
                if (!obstacle.sql().isEmpty()) {
                    out.println("    " + obstacle.sql());
                }
            }
        }
        return found.isEmpty() ? ExitCode.DONE.number() : ExitCode.BAD_CONFIGURATION.number();
    }

    /** Says what is in the way of all tables, before the follower meets it. */
    private int add(Setup setup, boolean json) {
        try (SourceDatabase database = setup.database()) {
            Obstacles.refuse(Obstacles.of(setup, database, new ClickHouseHttp(setup.target()), setup.entries()));
        }
        print(new Remote(setup).post("/add", Map.of()), json);
        return ExitCode.DONE.number();
    }

    private int ask(Setup setup, Words words) {
        for (String table : words.tables()) {
            print(new Remote(setup).post("/" + words.command(), Map.of("table", table)), words.json());
        }
        return ExitCode.DONE.number();
    }

    private int ask(Setup setup, String what, Map<String, String> query, boolean json) {
        print(new Remote(setup).post("/" + what, query), json);
        return ExitCode.DONE.number();
    }

    private int verify(Setup setup, boolean json) {
        List<TableComparison> comparisons = new Verification(setup, new Remote(setup)).run(listener(json));
        if (json) {
            out.println(JsonReport.comparisons(setup.pipeline(), comparisons));
        }
        return TableComparison.exitCode(comparisons).number();
    }

    private VerifyListener listener(boolean json) {
        PrintStream results = json ? new PrintStream(OutputStream.nullOutputStream()) : out;
        LogFormat format = environment.getOrDefault("LOADER_LOG", "").equals("json") ? LogFormat.JSON : LogFormat.TEXT;
        return new VerifyLines(err, results, format, PROGRESS_INTERVAL);
    }

    private void print(String answer, boolean json) {
        out.println(json ? answer : JsonText.field(answer, "sentence"));
    }

    private int follow(Setup setup, Supplier<Setup> reread) {
        FollowState state = new FollowState(setup.pipeline());
        FollowLoop loop = new FollowLoop(setup, state, this::report);
        Thread here = Thread.currentThread();
        Thread hook = new Thread(() -> stop(loop, here), "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        String host = environment.getOrDefault("FOLLOW_HOST", "127.0.0.1");
        ProgressLog log = ProgressLog.start(setup, state);
        try (StatusServer server = StatusServer.start(host, setup.options().port(), state, loop, reread)) {
            err.println("millrace: following " + setup.pipeline() + "; http://127.0.0.1:" + server.port()
                    + "/status tells how it goes.");
            loop.run();
        } finally {
            log.close();
            forget(hook);
        }
        return ExitCode.DONE.number();
    }

    private static void stop(FollowLoop loop, Thread runner) {
        loop.stop();
        try {
            runner.join(STOP_MILLIS);
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

    private int status(Setup setup, boolean json) {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("pipeline", setup.pipeline());
        new Positions(new ClickHouseHttp(setup.target()), setup.pipeline())
                .find()
                .ifPresentOrElse(
                        position -> {
                            status.put("position", Lsn.text(position.applied()));
                            status.put("copying", position.isCopying());
                        },
                        () -> status.put("position", "none"));
        try (SourceDatabase database = setup.database()) {
            database.slot(setup.options().slot())
                    .ifPresentOrElse(slot -> put(status, slot), () -> status.put("slot", "none"));
        }
        if (json) {
            out.println(Json.of(status));
        } else {
            List<String> lines = new ArrayList<>();
            status.forEach((key, value) -> lines.add(key.replace('_', ' ') + ": " + value));
            out.println(String.join("\n", lines));
        }
        return ExitCode.DONE.number();
    }

    private static void put(Map<String, Object> status, SlotState slot) {
        status.put("slot", slot.active() ? "in use" : "waiting for a follower");
        status.put("slot_confirmed", Lsn.text(slot.confirmed()));
        status.put("slot_wal_status", slot.walStatus());
        status.put("slot_retained_bytes", slot.retained());
    }

    private int drop(Setup setup) {
        String slot = setup.options().slot();
        try (SourceDatabase database = setup.database()) {
            if (database.slot(slot).isPresent()) {
                database.dropSlot(slot);
            }
        }
        new Positions(new ClickHouseHttp(setup.target()), setup.pipeline()).forget();
        out.println("The pipeline " + setup.pipeline() + " is followed no more; its tables stay as they are.");
        return ExitCode.DONE.number();
    }
}
