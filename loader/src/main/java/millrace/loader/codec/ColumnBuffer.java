package millrace.loader.codec;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The values of one column of a block, in the layout of ClickHouse's Native format: a null map (of nullable columns), the
 * values (of arrays: the offsets), and the elements (of arrays). Grows as needed and keeps its memory from block to block.
 */
public final class ColumnBuffer {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int SMALL = 1024;
    /** A buffer that one huge value has blown up beyond this many bytes is given back. */
    private static final int KEEP = 16 << 20;

    private final ColumnBuffer nulls;
    private final ColumnBuffer elements;
    private byte[] bytes = new byte[SMALL];
    private int size;
    private long lastOffset;

    private ColumnBuffer(ColumnBuffer nulls, ColumnBuffer elements) {
        this.nulls = nulls;
        this.elements = elements;
    }

    static ColumnBuffer plain() {
        return new ColumnBuffer(null, null);
    }

    static ColumnBuffer nullable() {
        return new ColumnBuffer(plain(), null);
    }

    static ColumnBuffer array(ColumnBuffer elements) {
        return new ColumnBuffer(null, elements);
    }

    ColumnBuffer elements() {
        return elements;
    }

    boolean isNullable() {
        return nulls != null;
    }

    /** Says of a nullable column whether the next value is NULL; a default value must follow all the same. */
    void markNull(boolean isNull) {
        nulls.putByte(isNull ? 1 : 0);
    }

    void putByte(int value) {
        room(1);
        bytes[size++] = (byte) value;
    }

    void putShort(short value) {
        room(Short.BYTES);
        SHORT.set(bytes, size, value);
        size += Short.BYTES;
    }

    void putInt(int value) {
        room(Integer.BYTES);
        INT.set(bytes, size, value);
        size += Integer.BYTES;
    }

    void putLong(long value) {
        room(Long.BYTES);
        LONG.set(bytes, size, value);
        size += Long.BYTES;
    }

    void putBytes(byte[] source, int offset, int length) {
        room(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
    }

    void putText(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        putLength(utf8.length);
        putBytes(utf8, 0, utf8.length);
    }

    /** An integer of so many bytes, lowest first. */
    void putInteger(long value, int width) {
        switch (width) {
            case Byte.BYTES -> putByte((int) value);
            case Short.BYTES -> putShort((short) value);
            case Integer.BYTES -> putInt((int) value);
            default -> {
                putLong(value);
                for (int i = Long.BYTES; i < width; i += Long.BYTES) {
                    putLong(value >> 63);
                }
            }
        }
    }

    /** An integer of so many bytes, lowest first. */
    void putInteger(BigInteger value, int width) {
        if (width < Long.BYTES) {
            putInteger(value.longValue(), width);
            return;
        }
        for (int i = 0; i < width; i += Long.BYTES) {
            putLong(value.shiftRight(8 * i).longValue());
        }
    }

    void putZeros(int count) {
        room(count);
        Arrays.fill(bytes, size, size + count, (byte) 0);
        size += count;
    }

    /** A length in the variable-width form of the Native format: seven bits a byte, lowest first. */
    void putLength(int length) {
        room(5);
        int rest = length;
        while (rest > 0x7f) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** Ends an array that has taken so many more elements. */
    void putArrayEnd(int added) {
        lastOffset += added;
        putLong(lastOffset);
    }

    int size() {
        return size + (nulls == null ? 0 : nulls.size) + (elements == null ? 0 : elements.size());
    }

    void writeTo(OutputStream out) throws IOException {
        if (nulls != null) {
            nulls.writeTo(out);
        }
        out.write(bytes, 0, size);
        if (elements != null) {
            elements.writeTo(out);
        }
    }

    void clear() {
        size = 0;
        lastOffset = 0;
        if (bytes.length > KEEP) {
            bytes = new byte[SMALL];
        }
        if (nulls != null) {
            nulls.clear();
        }
        if (elements != null) {
            elements.clear();
        }
    }

    private void room(int needed) {
        if (bytes.length - size < needed) {
            grow(needed);
        }
    }

    private void grow(int needed) {
        long wanted = Math.max((long) size + needed, 2L * bytes.length);
        bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, Integer.MAX_VALUE - 8));
    }
}
