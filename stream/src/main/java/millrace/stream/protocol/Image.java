package millrace.stream.protocol;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A row as it was or is, by the columns of its table. Most values lie in the message that brought them; some come from
 * elsewhere: a text that the server was asked for, a large value that the message did not repeat.
 */
public final class Image {
    /** In the place of a length. */
    public static final int NULL = -1;
    /** Not sent, and of no concern: what is not the key of a deleted row. */
    public static final int ABSENT = -2;
    /** Not sent, because it is large and as it was before. */
    public static final int UNCHANGED = -3;

    private static final char TEXT = 't';

    private final byte[] message;
    private final int[] starts;
    private final int[] lengths;
    private final boolean[] texts;
    /** Values from elsewhere; null until there is one. */
    private byte[][] own;

    private Image(byte[] message, int columns) {
        this.message = message;
        starts = new int[columns];
        lengths = new int[columns];
        texts = new boolean[columns];
        Arrays.fill(lengths, ABSENT);
    }

    /** An image and where its tuple ended. */
    public record Read(Image image, int end) {}

    /**
     * Reads a tuple.
     *
     * @param places for each column of the tuple its position among those of the image
     * @param columns how many the image has
     */
    public static Read read(byte[] message, int offset, int[] places, int columns) {
        ByteBuffer in = ByteBuffer.wrap(message);
        Image image = new Image(message, columns);
        int count = in.getShort(offset);
        if (count != places.length) {
            throw new IllegalStateException("a tuple of " + count + " fields for " + places.length + " columns");
        }
        int at = offset + Short.BYTES;
        for (int i = 0; i < count; i++) {
            char kind = (char) message[at++];
            int place = places[i];
            switch (kind) {
                case 'n' -> image.lengths[place] = NULL;
                case 'u' -> image.lengths[place] = UNCHANGED;
                default -> {
                    int length = in.getInt(at);
                    at += Integer.BYTES;
                    image.starts[place] = at;
                    image.lengths[place] = length;
                    image.texts[place] = kind == TEXT;
                    at += length;
                }
            }
        }
        return new Read(image, at);
    }

    public int columns() {
        return lengths.length;
    }

    /** That of the value, or one of the constants. */
    public int length(int column) {
        return lengths[column];
    }

    public boolean isValue(int column) {
        return lengths[column] >= 0;
    }

    /** Whether the value is the text that Postgres shows, rather than the type's binary form. */
    public boolean isText(int column) {
        return texts[column];
    }

    public boolean isUnchanged(int column) {
        return lengths[column] == UNCHANGED;
    }

    public boolean hasUnchanged() {
        for (int length : lengths) {
            if (length == UNCHANGED) {
                return true;
            }
        }
        return false;
    }

    public byte[] value(int column) {
        return own != null && own[column] != null
                ? own[column]
                : Arrays.copyOfRange(message, starts[column], starts[column] + lengths[column]);
    }

    /** Puts a value that came from elsewhere. */
    public void set(int column, byte[] value, boolean text) {
        if (own == null) {
            own = new byte[lengths.length][];
        }
        own[column] = value;
        lengths[column] = value.length;
        texts[column] = text;
    }

    /** Takes a column over from another image of the row. */
    public void take(int column, Image other) {
        if (other.isValue(column)) {
            set(column, other.value(column), other.isText(column));
        } else {
            lengths[column] = other.lengths[column];
        }
    }

    /** Leaves only these columns: what tells which row is no more. */
    public void keepOnly(int[] columns) {
        for (int i = 0; i < lengths.length; i++) {
            int column = i;
            if (Arrays.stream(columns).noneMatch(kept -> kept == column)) {
                lengths[i] = ABSENT;
            }
        }
    }

    /** The values of some columns as something that can be compared and looked up. */
    public ByteBuffer key(int[] columns) {
        int size = 0;
        for (int column : columns) {
            size += Integer.BYTES + Math.max(lengths[column], 0);
        }
        ByteBuffer key = ByteBuffer.allocate(size);
        for (int column : columns) {
            key.putInt(lengths[column]);
            copy(column, key);
        }
        return key.flip();
    }

    /** Appends the fields as COPY would send them: a length and the value each; see RowBlock for lengths below 0. */
    public void writeTo(TupleBuffer out) {
        for (int i = 0; i < lengths.length; i++) {
            if (lengths[i] < 0) {
                out.putInt(lengths[i] == UNCHANGED ? ABSENT : lengths[i]);
            } else if (own != null && own[i] != null) {
                out.putInt(lengths[i]);
                out.put(own[i], 0, lengths[i]);
            } else {
                out.putInt(lengths[i]);
                out.put(message, starts[i], lengths[i]);
            }
        }
    }

    private void copy(int column, ByteBuffer out) {
        if (lengths[column] > 0) {
            if (own != null && own[column] != null) {
                out.put(own[column]);
            } else {
                out.put(message, starts[column], lengths[column]);
            }
        }
    }
}
