package millrace.webhook.dbt;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import millrace.webhook.config.Settings;

/** One {@code dbt docs generate}. */
public final class DocsGeneration {
    private final Path target;
    private final Path log;
    private final Child child;
    private final Duration timeout;

    /** @param folder where it may put its target and logs; they are kept, so that the next one is quicker */
    public DocsGeneration(Settings settings, Path folder) {
        this.target = requireNonNull(folder, "folder is null").resolve("target");
        this.log = folder.resolve("dbt.log");
        this.timeout = settings.runTimeout();
        this.child = new Child(DbtCommand.docs(settings, target, folder.resolve("logs")), log);
    }

    /**
     * Runs dbt to its end in the calling thread.
     *
     * @return the page, one HTML file that needs no other
     * @throws IOException saying why there is none
     */
    public Path execute() throws IOException {
        Path page = target.resolve("static_index.html");
        Files.createDirectories(target);
        Files.deleteIfExists(page);
        try {
            int exitCode = child.run(timeout);
            if (child.isTimedOut()) {
                throw new IOException("dbt had not ended after " + timeout.toSeconds() + " s, and was ended.");
            }
            if (exitCode != 0 || !Files.exists(page)) {
                throw new IOException("dbt ended with exit code " + exitCode + ". " + Complaint.in(log));
            }
            return page;
        } catch (InterruptedException e) {
            throw new IOException("the webhook is stopping.", e);
        }
    }

    /** Ends dbt. */
    public void stop() {
        child.stop();
    }
}
