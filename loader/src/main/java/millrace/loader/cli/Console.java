package millrace.loader.cli;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import millrace.contract.failure.Failure;
import millrace.loader.report.LogFormat;

/**
 * What the process is connected to.
 *
 * @param out results
 * @param err progress and failures
 * @param terminal whether a person watches err
 */
public record Console(PrintStream out, PrintStream err, Map<String, String> environment, boolean terminal) {
    /** The variable that chooses how log lines are written. */
    static final String LOG = "LOADER_LOG";

    /** Between two log lines about how far a command has come. */
    static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(10);

    public Console {
        requireNonNull(out, "out is null");
        requireNonNull(err, "err is null");
        environment = Map.copyOf(environment);
    }

    /** Whether progress is a line of a terminal that is written over and over. */
    boolean showsLine() {
        return terminal && !environment.containsKey(LOG);
    }

    /** @throws Failure when the environment names a format that is none */
    LogFormat log() {
        String name = environment.getOrDefault(LOG, "text");
        return switch (name) {
            case "text" -> LogFormat.TEXT;
            case "json" -> LogFormat.JSON;
            default ->
                throw Failure.configuration(
                        "bad-log-format",
                        LOG + " must be text or json, not \"" + name + "\".",
                        "Set it right, or not at all.");
        };
    }

    /** Whether everything on err is to be JSON, failures too. */
    boolean speaksJson() {
        return environment.getOrDefault(LOG, "").equals("json");
    }
}
