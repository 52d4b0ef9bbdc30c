package millrace.loader.verify;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Values written one after the other such that no two lists of values read the same: each after its length and a colon, NULL as
 * N. Used again and again; not safe for use by several threads.
 */
public final class Frames {
    private static final int LONGEST_NUMBER = 11;

    private byte[] bytes = new byte[1024];
    private int size;

    public void clear() {
        size = 0;
    }

    public void addNull() {
        reserve(1);
        bytes[size++] = 'N';
    }

    public void add(byte[] value, int offset, int length) {
        reserve(length + LONGEST_NUMBER);
        addNumber(length);
        bytes[size++] = ':';
        System.arraycopy(value, offset, bytes, size, length);
        size += length;
    }

    /** Appends bytes as they are, such as frames made elsewhere. */
    public void append(byte[] value, int offset, int length) {
        reserve(length);
        System.arraycopy(value, offset, bytes, size, length);
        size += length;
    }

    private void addNumber(int number) {
        int digits = 1;
        for (int rest = number; rest >= 10; rest /= 10) {
            digits++;
        }
        int rest = number;
        for (int i = size + digits - 1; i >= size; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += digits;
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }

    /** The bytes written so far, of which the first {@link #size()} count. */
    public byte[] bytes() {
        return bytes;
    }

    public int size() {
        return size;
    }

    /** The values that were written, null for NULL. */
    public static List<String> values(byte[] frames, int size) {
        List<String> values = new ArrayList<>();
        int position = 0;
        while (position < size) {
            if (frames[position] == 'N') {
                values.add(null);
                position++;
                continue;
            }
            int length = 0;
            while (frames[position] != ':') {
                length = 10 * length + frames[position++] - '0';
            }
            values.add(new String(frames, position + 1, length, StandardCharsets.UTF_8));
            position += 1 + length;
        }
        return values;
    }
}
