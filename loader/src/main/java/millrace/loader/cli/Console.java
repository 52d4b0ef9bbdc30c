package millrace.loader.cli;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import java.util.Map;

/**
 * What the process is connected to.
 *
 * @param out results
 * @param err progress and failures
 * @param terminal whether a person watches err
 */
public record Console(PrintStream out, PrintStream err, Map<String, String> environment, boolean terminal) {
    public Console {
        requireNonNull(out, "out is null");
        requireNonNull(err, "err is null");
        environment = Map.copyOf(environment);
    }
}
