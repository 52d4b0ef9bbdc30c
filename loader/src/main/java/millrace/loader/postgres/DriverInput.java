package millrace.loader.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What Postgres sends to the driver, read 64 KiB at a time where the driver asks for 8. The data of a COPY can be taken out of
 * it where it lies; the driver, which would copy every row by itself, then sees only the messages before and after.
 *
 * <p>A message is a letter, a length of four bytes that counts itself, and the content: "Message Formats" in Postgres' manual.
 */
final class DriverInput extends InputStream {
    private static final int BYTES = 1 << 16;
    private static final int LENGTH_AT = 1;
    private static final int HEAD = LENGTH_AT + Integer.BYTES;
    private static final byte COPY_DATA = 'd';
    private static final byte READY_FOR_QUERY = 'Z';
    private static final byte ERROR_RESPONSE = 'E';
    /** The head of ReadyForQuery; one byte follows, the state of the transaction. */
    private static final byte[] READY = {READY_FOR_QUERY, 0, 0, 0, 5};

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final InputStream socket;
    private byte[] buffer = new byte[BYTES];
    private int position;
    private int end;
    /** Takes the data of the COPY under way; null when everything is the driver's. */
    private CopyRows rows;
    /** What is left of a message of the driver's during that COPY. */
    private int passing;
    /** The server's error during that COPY: the driver forgets it when the connection ends with it. */
    private String error;

    DriverInput(InputStream socket) {
        this.socket = socket;
    }

    /**
     * Takes the data out of the next COPY, which must be the connection's next statement, while the driver reads its outcome.
     *
     * @return whether it will be so; it cannot where the connection is encrypted, and the driver gets everything then
     */
    boolean divert(CopyRows taker) {
        if (!isReady()) {
            return false;
        }
        rows = taker;
        passing = 0;
        error = null;
        return true;
    }

    /** Whether the driver has just read, in the clear, that the server waits for a statement. */
    private boolean isReady() {
        int start = position - READY.length - 1;
        return position == end && start >= 0 && Arrays.equals(buffer, start, position - 1, READY, 0, READY.length);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (rows != null && passing == 0 && !takeData() || !gather(1)) {
            return -1;
        }
        int count = Math.min(length, end - position);
        if (rows != null) {
            count = Math.min(count, passing);
            passing -= count;
        }
        System.arraycopy(buffer, position, target, offset, count);
        position += count;
        return count;
    }

    /** Takes data until a message of the driver's comes. Returns false at the end of the stream. */
    private boolean takeData() throws IOException {
        while (gather(HEAD)) {
            int length = (int) INT.get(buffer, position + LENGTH_AT);
            if (length < Integer.BYTES) {
                throw new IOException("Postgres sent a message whose length is " + length);
            }
            if (buffer[position] != COPY_DATA && buffer[position] != ERROR_RESPONSE) {
                begin(buffer[position], LENGTH_AT + length);
                return true;
            }
            if (!gather(LENGTH_AT + length)) {
                return false;
            }
            if (buffer[position] == ERROR_RESPONSE) {
                error = new String(buffer, position + HEAD, length - Integer.BYTES, StandardCharsets.UTF_8);
                begin(ERROR_RESPONSE, LENGTH_AT + length);
                return true;
            }
            rows.message(buffer, position + HEAD, length - Integer.BYTES);
            position += LENGTH_AT + length;
        }
        return false;
    }

    private void begin(byte kind, int size) {
        passing = size;
        if (kind == READY_FOR_QUERY) {
            rows = null;
        }
    }

    /** Has so many bytes lie in the buffer in one piece. Returns false when the stream ends before. */
    private boolean gather(int wanted) throws IOException {
        if (end - position >= wanted) {
            return true;
        }
        makeRoom(wanted);
        while (end < wanted) {
            int count = socket.read(buffer, end, buffer.length - end);
            if (count < 0) {
                return false;
            }
            end += count;
        }
        return true;
    }

    /** A buffer that had to grow for a large row is given back after it. */
    private void makeRoom(int wanted) {
        int left = end - position;
        int least = Math.max(BYTES, Math.max(wanted, left));
        byte[] room = least > buffer.length || least == BYTES && buffer.length > BYTES ? new byte[least] : buffer;
        System.arraycopy(buffer, position, room, 0, left);
        buffer = room;
        position = 0;
        end = left;
    }

    /** The content of the server's error during the latest COPY that was diverted; null when there was none. */
    String error() {
        return error;
    }

    @Override
    public int available() throws IOException {
        return rows == null ? end - position + socket.available() : 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
