package millrace.webhook.store;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import millrace.service.OneLine;
import millrace.webhook.run.RunFolder;
import millrace.webhook.run.RunId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The runs: what is known of them in the database, their logs and artifacts in a folder each. */
public final class RunStore {
    private static final Logger LOG = LoggerFactory.getLogger("store");

    private final Path root;
    private final RunTable table;

    /** @param root where the folders are */
    public RunStore(Path root, RunTable table) {
        this.root = requireNonNull(root, "root is null");
        this.table = requireNonNull(table, "table is null");
    }

    public RunTable table() {
        return table;
    }

    /** Where a run keeps its files. */
    public RunFolder folder(RunId id) {
        return new RunFolder(root.resolve(id.value()));
    }

    /** Removes all but the newest runs, with their logs and artifacts. */
    public void prune(int keep) {
        table.prune(keep).forEach(id -> remove(folder(id).path()));
    }

    private static void remove(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("could not remove folder={} reason=\"{}\"", folder.getFileName(), OneLine.of(e.getMessage()));
        }
    }
}
