package millrace.loader.report;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import millrace.contract.failure.Failure;
import millrace.loader.run.LoadRecord;

/** The file of metrics that node_exporter's textfile collector reads: whole, or not there. */
public final class MetricsFile {
    private final Path file;
    private final Instant startedAt = Instant.now();

    /** @throws Failure when no file can be made there, before anything is loaded */
    public MetricsFile(Path file) {
        this.file = requireNonNull(file, "file is null").toAbsolutePath();
        if (Files.isDirectory(this.file) || !Files.isWritable(this.file.getParent())) {
            throw Failure.configuration(
                    "bad-metrics-file",
                    "The metrics cannot be written to " + file + ".",
                    "--metrics names a file in a folder that exists and that the loader may write to.");
        }
    }

    /** Writes down how a run went, or says why that is impossible. */
    public Optional<Failure> write(String pipeline, List<LoadRecord> loads, boolean success) {
        double now = Instant.now().toEpochMilli() / 1e3;
        double seconds = now - startedAt.toEpochMilli() / 1e3;
        // Hidden, and without the ending that the collector looks for. A temporary file would be unreadable for others.
        Path own = file.resolveSibling(
                "." + file.getFileName() + "." + ProcessHandle.current().pid());
        try {
            Files.writeString(own, Metrics.of(pipeline, loads, success, seconds, now, former()));
            Files.move(own, file, ATOMIC_MOVE);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(Failure.running(
                    "metrics-unwritten",
                    "The metrics could not be written to " + file + ": " + e.getMessage() + ".",
                    "The tables are as the run says.",
                    e));
        }
    }

    private String former() {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            return "";
        }
    }
}
