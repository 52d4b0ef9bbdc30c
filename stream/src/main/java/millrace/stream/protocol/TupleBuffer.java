package millrace.stream.protocol;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Where a row is put together in the binary format of COPY. Its memory is used again for the next row. */
public final class TupleBuffer {
    private static final int BYTES = 1024;

    private ByteBuffer buffer = ByteBuffer.allocate(BYTES);

    public void begin(int fields) {
        buffer.clear();
        buffer.putShort((short) fields);
    }

    public void putInt(int value) {
        room(Integer.BYTES);
        buffer.putInt(value);
    }

    public void putLong(long value) {
        room(Long.BYTES);
        buffer.putLong(value);
    }

    public void putByte(int value) {
        room(1);
        buffer.put((byte) value);
    }

    public void putShort(int value) {
        room(Short.BYTES);
        buffer.putShort((short) value);
    }

    public void put(byte[] bytes, int offset, int length) {
        room(length);
        buffer.put(bytes, offset, length);
    }

    public byte[] bytes() {
        return buffer.array();
    }

    public int length() {
        return buffer.position();
    }

    private void room(int needed) {
        if (buffer.remaining() < needed) {
            int position = buffer.position();
            buffer = ByteBuffer.wrap(Arrays.copyOf(buffer.array(), Math.max(2 * buffer.capacity(), position + needed)));
            buffer.position(position);
        }
    }
}
