package millrace.webhook.dbt;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * dbt's parsed project, handed from one run's target folder to the next, so that dbt parses only what changed. dbt checks by
 * itself whether the file still fits.
 */
public final class ParseCache {
    private static final String NAME = "partial_parse.msgpack";

    private final Path file;

    /** @param folder where the file rests between runs */
    public ParseCache(Path folder) {
        this.file = requireNonNull(folder, "folder is null").resolve(NAME);
    }

    /** Puts the file into the target folder of a run that is about to start. */
    void fill(Path target) throws IOException {
        if (Files.exists(file)) {
            Files.copy(file, target.resolve(NAME), REPLACE_EXISTING);
        }
    }

    /** Takes the file out of the target folder of a run that has ended. */
    void keep(Path target) throws IOException {
        Path fresh = target.resolve(NAME);
        if (Files.exists(fresh)) {
            Files.move(fresh, file, REPLACE_EXISTING);
        }
    }
}
