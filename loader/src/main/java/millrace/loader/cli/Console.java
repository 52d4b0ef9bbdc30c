package millrace.loader.cli;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import java.util.Map;
import millrace.loader.failure.Failure;
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

    public Console {
        requireNonNull(out, "out is null");
        requireNonNull(err, "err is null");
        environment = Map.copyOf(environment);
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
