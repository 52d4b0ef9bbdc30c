package millrace.loader.verify;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Hashes a row whose values are given one after the other, as ClickHouse does it in FingerprintQuery: MD5 for the row and for
 * each value, CRC-32 of the key for the bucket. Used again and again; not safe for use by several threads.
 */
public final class RowHash {
    private static final VarHandle LITTLE = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle BIG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final MessageDigest md5;
    private final CRC32 crc = new CRC32();
    private final int[] key;
    private final int[] ends;
    private final Frames row = new Frames();
    private final Frames keyFrames = new Frames();
    private final byte[] digest = new byte[16];
    private int column;

    /** @param key where each key column stands among the columns */
    public RowHash(int columns, List<Integer> key) {
        this.key = key.stream().mapToInt(Integer::intValue).toArray();
        ends = new int[columns];
        try {
            md5 = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public void begin() {
        row.clear();
        column = 0;
    }

    public void addNull() {
        row.addNull();
        ends[column++] = row.size();
    }

    public void add(byte[] value, int offset, int length) {
        row.add(value, offset, length);
        ends[column++] = row.size();
    }

    /** To be called when all values have been given; the numbers below are those of this row then. */
    public void end() {
        digest(0, row.size());
        keyFrames.clear();
        for (int position : key) {
            keyFrames.append(row.bytes(), begin(position), ends[position] - begin(position));
        }
    }

    private int begin(int position) {
        return position == 0 ? 0 : ends[position - 1];
    }

    private void digest(int from, int to) {
        md5.update(row.bytes(), from, to - from);
        try {
            md5.digest(digest, 0, digest.length);
        } catch (DigestException e) {
            throw new IllegalStateException(e);
        }
    }

    public long high() {
        return (long) LITTLE.get(digest, Long.BYTES);
    }

    public long low() {
        return (long) LITTLE.get(digest, 0);
    }

    /** By the key; without one by the whole row. */
    public int bucket() {
        if (key.length == 0) {
            return (int) (low() & Buckets.COUNT - 1);
        }
        crc.reset();
        crc.update(keyFrames.bytes(), 0, keyFrames.size());
        return (int) (crc.getValue() & Buckets.COUNT - 1);
    }

    /** To be called last. */
    public RowPrint print() {
        List<Long> prints = new ArrayList<>(ends.length);
        for (int i = 0; i < ends.length; i++) {
            digest(begin(i), ends[i]);
            prints.add((long) BIG.get(digest, 0));
        }
        return new RowPrint(Frames.values(keyFrames.bytes(), keyFrames.size()), prints);
    }
}
