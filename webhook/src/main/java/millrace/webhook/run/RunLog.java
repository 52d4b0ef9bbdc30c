package millrace.webhook.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** Reads a log while it is being written. */
public final class RunLog {
    private RunLog() {}

    /**
     * A piece of a log.
     *
     * @param bytes UTF-8 text
     * @param next the offset at which to go on, in bytes
     */
    public record Piece(byte[] bytes, long next) {}

    /**
     * Reads from an offset on. A piece ends with a line's end, so that it never ends inside a character; only the last line of a
     * log that has ended, and a line longer than the limit, may come without.
     *
     * @param offset in bytes; beyond the end gives an empty piece with the log's own end as next
     * @param limit most bytes to return
     * @param ended whether nothing more will be written
     */
    public static Piece read(Path log, long offset, int limit, boolean ended) throws IOException {
        try (FileChannel file = FileChannel.open(log, StandardOpenOption.READ)) {
            long size = file.size();
            if (offset >= size) {
                return new Piece(new byte[0], size);
            }
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(limit, size - offset));
            while (buffer.hasRemaining() && file.read(buffer, offset + buffer.position()) >= 0) {}
            byte[] bytes = Arrays.copyOf(buffer.array(), buffer.position());
            boolean last = ended && offset + bytes.length >= size;
            int length = last ? bytes.length : wholeLines(bytes, limit);
            return new Piece(Arrays.copyOf(bytes, length), offset + length);
        } catch (NoSuchFileException e) {
            return new Piece(new byte[0], 0);
        }
    }

    private static int wholeLines(byte[] bytes, int limit) {
        for (int end = bytes.length; end > 0; end--) {
            if (bytes[end - 1] == '\n') {
                return end;
            }
        }
        return bytes.length < limit ? 0 : bytes.length;
    }
}
