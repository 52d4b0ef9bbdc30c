package millrace.webhook.dbt;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The dbt processes that a killed webhook left behind. They are known by the target folder on their command line, which no
 * other process has, so a reused process id cannot mislead.
 */
public final class Orphans {
    private static final int PATIENCE_SECONDS = 5;

    private final Path root;

    /** @param root the folder below which this webhook keeps the targets of its dbt processes */
    public Orphans(Path root) {
        this.root = requireNonNull(root, "root is null");
    }

    /** Kills them, with their children, and waits until they are gone. Returns how many there were. */
    public int kill() {
        List<ProcessHandle> orphans =
                ProcessHandle.allProcesses().filter(this::isOurs).toList();
        orphans.forEach(orphan -> {
            orphan.descendants().forEach(ProcessHandle::destroyForcibly);
            orphan.destroyForcibly();
        });
        CompletableFuture<?>[] ends =
                orphans.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(ends)
                .completeOnTimeout(null, PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
        return orphans.size();
    }

    private boolean isOurs(ProcessHandle process) {
        List<String> arguments = Arrays.asList(process.info().arguments().orElse(new String[0]));
        int option = arguments.indexOf(DbtCommand.TARGET_OPTION);
        return option >= 0
                && option + 1 < arguments.size()
                && Path.of(arguments.get(option + 1)).startsWith(root);
    }
}
