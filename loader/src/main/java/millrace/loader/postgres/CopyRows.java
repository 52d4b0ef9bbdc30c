package millrace.loader.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import millrace.loader.run.RowConsumer;

/** The rows of a binary COPY: its messages are a header with the first row, a row each, and a trailer; see COPY in Postgres' manual. */
final class CopyRows {
    private static final int SIGNATURE = 11;
    private static final int HEADER = SIGNATURE + 2 * Integer.BYTES;
    private static final int TRAILER = Short.BYTES;

    private final RowConsumer consumer;
    private boolean begun;

    CopyRows(RowConsumer consumer) {
        this.consumer = consumer;
    }

    /** @throws UncheckedIOException when the consumer fails: to the driver, which may be between, it is no failure of its own */
    void message(byte[] bytes, int offset, int length) {
        int skipped = begun ? 0 : HEADER + ByteBuffer.wrap(bytes).getInt(offset + HEADER - Integer.BYTES);
        begun = true;
        if (length - skipped <= TRAILER) {
            return;
        }
        try {
            consumer.row(bytes, offset + skipped, length - skipped);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
