package millrace.webhook.run;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * Where one run keeps its files.
 *
 * @param path the run's own folder
 */
public record RunFolder(Path path) {
    public RunFolder {
        requireNonNull(path, "path is null");
    }

    /** What dbt printed. */
    public Path log() {
        return path.resolve("dbt.log");
    }

    /** dbt's artifacts. */
    public Path target() {
        return path.resolve("target");
    }

    /** The loads that were done before it began. */
    public Path marks() {
        return path.resolve("loads.json");
    }

    /** dbt's own, more talkative log file. */
    public Path debugLogs() {
        return path.resolve("logs");
    }
}
