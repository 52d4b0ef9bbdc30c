package millrace.generator.cli;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import java.util.Map;
import millrace.generator.report.Progress;
import millrace.generator.report.ProgressBar;
import millrace.generator.report.ProgressLog;

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

    Progress progress() {
        return terminal ? new ProgressBar(err) : new ProgressLog(err);
    }
}
