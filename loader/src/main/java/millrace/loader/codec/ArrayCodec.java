package millrace.loader.codec;

/**
 * An array whose values all have the same number of dimensions, each counted from 1.
 *
 * @param nullable whether elements may be NULL
 */
record ArrayCodec(Codec element, int dimensions, boolean nullable) implements Codec {
    /** Of an array in Postgres (MAXDIM in its sources). */
    static final int MAX_DIMENSIONS = 6;

    private static final int HEADER = 12;
    private static final int DIMENSION = 8;

    ArrayCodec {
        if (dimensions < 1 || element instanceof ArrayCodec) {
            throw new IllegalArgumentException("an array has dimensions, and elements that are no arrays");
        }
    }

    @Override
    public String clickhouseType() {
        String leaf = nullable ? "Nullable(" + element.clickhouseType() + ")" : element.clickhouseType();
        return "Array(".repeat(dimensions) + leaf + ")".repeat(dimensions);
    }

    @Override
    public boolean canBeNullable() {
        return false;
    }

    @Override
    public ColumnBuffer newBuffer(boolean ignored) {
        ColumnBuffer buffer = element.newBuffer(nullable);
        for (int i = 0; i < dimensions; i++) {
            buffer = ColumnBuffer.array(buffer);
        }
        return buffer;
    }

    @Override
    public void append(byte[] bytes, int offset, int length, ColumnBuffer out) {
        int found = BigEndian.int32(bytes, offset);
        if (found == 0) {
            out.putArrayEnd(0);
            return;
        }
        if (found != dimensions) {
            String fitting = new ArrayCodec(element, found, nullable).clickhouseType();
            throw new RefusedValue(() -> clickhouseType() + " has " + counted(dimensions) + ", not " + found
                    + ": where all values of the column have " + counted(found) + ", give it \"type: " + fitting
                    + "\" in the pipeline file");
        }
        refuseOddBounds(bytes, offset);
        int elements = appendOffsets(bytes, offset, out);
        appendElements(bytes, offset + HEADER + DIMENSION * dimensions, elements, out);
    }

    private static String counted(int dimensions) {
        return dimensions + (dimensions == 1 ? " dimension" : " dimensions");
    }

    private void refuseOddBounds(byte[] bytes, int offset) {
        for (int i = 0; i < dimensions; i++) {
            if (BigEndian.int32(bytes, offset + HEADER + DIMENSION * i + 4) != 1) {
                throw new RefusedValue("an Array counts its elements from 1");
            }
        }
    }

    /** Appends the offsets of every level and returns how many elements there are in all. */
    private int appendOffsets(byte[] bytes, int offset, ColumnBuffer out) {
        ColumnBuffer level = out;
        int arrays = 1;
        for (int i = 0; i < dimensions; i++) {
            int size = BigEndian.int32(bytes, offset + HEADER + DIMENSION * i);
            for (int j = 0; j < arrays; j++) {
                level.putArrayEnd(size);
            }
            arrays *= size;
            level = level.elements();
        }
        return arrays;
    }

    private void appendElements(byte[] bytes, int start, int count, ColumnBuffer out) {
        ColumnBuffer leaf = out;
        for (int i = 0; i < dimensions; i++) {
            leaf = leaf.elements();
        }
        int position = start;
        for (int i = 0; i < count; i++) {
            int length = BigEndian.int32(bytes, position);
            position += Integer.BYTES;
            if (nullable) {
                leaf.markNull(length < 0);
            } else if (length < 0) {
                throw new RefusedValue(() -> clickhouseType() + " has no NULL elements");
            }
            if (length < 0) {
                element.appendDefault(leaf);
            } else {
                element.append(bytes, position, length, leaf);
                position += length;
            }
        }
    }

    @Override
    public void appendDefault(ColumnBuffer out) {
        out.putArrayEnd(0);
    }

    @Override
    public String text(byte[] bytes, int offset, int length) {
        return new ArrayText(element, bytes, offset).shown();
    }

    @Override
    public Canonical canonical() {
        return Canonical.ARRAY;
    }
}
