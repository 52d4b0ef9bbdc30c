package millrace.webhook.service;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Holds a state folder for one webhook; the kernel gives it back when the process ends, however it ends. */
public final class StateLock implements AutoCloseable {
    private final FileChannel file;

    private StateLock(FileChannel file) {
        this.file = file;
    }

    /**
     * Takes the folder, making it when it is missing.
     *
     * @return empty when another webhook has it
     * @throws IOException when the folder cannot be made or written
     */
    public static Optional<StateLock> take(Path state) throws IOException {
        Files.createDirectories(state);
        FileChannel file = FileChannel.open(state.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(file) == null) {
            file.close();
            return Optional.empty();
        }
        return Optional.of(new StateLock(file));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private static FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }
}
