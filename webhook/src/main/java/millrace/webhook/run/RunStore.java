package millrace.webhook.run;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import millrace.service.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs on disk, one folder each. A record is written beside its place and renamed into it, so that whoever reads it, at
 * whatever moment this process dies, finds a whole one. Lists are answered from memory, single runs from their file.
 */
public final class RunStore {
    private static final Logger LOG = LoggerFactory.getLogger("store");

    private final Path root;
    private final NavigableMap<RunId, Run> index = new ConcurrentSkipListMap<>();

    private RunStore(Path root) {
        this.root = root;
    }

    /**
     * Opens the folder, making it when it is missing, and reads what earlier processes left.
     *
     * @throws IOException when the folder cannot be made or listed
     */
    public static RunStore open(Path root) throws IOException {
        RunStore store = new RunStore(requireNonNull(root, "root is null"));
        Files.createDirectories(root);
        try (Stream<Path> folders = Files.list(root)) {
            for (Path folder : folders.toList()) {
                store.load(folder);
            }
        }
        return store;
    }

    /** Where a run keeps its files. */
    public RunFolder folder(RunId id) {
        return new RunFolder(root.resolve(id.value()));
    }

    /** Writes a run in place of what was known of it. */
    public void save(Run run) {
        RunFolder folder = folder(run.runId());
        Path draft = folder.path().resolve("run.json.new");
        try {
            Files.createDirectories(folder.path());
            try (FileChannel file = FileChannel.open(
                    draft, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                ByteBuffer json = ByteBuffer.wrap(Json.write(run));
                while (json.hasRemaining()) {
                    file.write(json);
                }
                file.force(true);
            }
            Files.move(draft, folder.record(), ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        index.put(run.runId(), run.brief());
    }

    /** All runs without their node results, newest first. */
    public List<Run> list() {
        return List.copyOf(
                ((ConcurrentSkipListMap<RunId, Run>) index).descendingMap().values());
    }

    /** A run with its node results. */
    public Optional<Run> find(RunId id) {
        if (!index.containsKey(id)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.read(folder(id).record(), Run.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes all but the newest runs, with their logs and artifacts. */
    public void prune(int keep) {
        index.descendingKeySet().stream().skip(keep).toList().forEach(id -> {
            index.remove(id);
            remove(folder(id).path());
        });
    }

    private void load(Path folder) {
        if (!RunId.isRunId(folder.getFileName().toString())) {
            return;
        }
        RunFolder files = new RunFolder(folder);
        if (!Files.exists(files.record())) {
            remove(folder);
            return;
        }
        try {
            Run run = Json.read(files.record(), Run.class);
            index.put(run.runId(), run.brief());
        } catch (IOException e) {
            LOG.warn("unreadable run={} left out of the list", folder.getFileName());
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("could not remove folder={} reason={}", folder.getFileName(), e.getMessage());
        }
    }
}
