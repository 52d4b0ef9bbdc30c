package millrace.loader.codec;

/** smallint, integer, bigint and the unsigned oid and xid: the same bits in the other byte order. */
record IntegerCodec(String clickhouseType, int width) implements Codec {
    static final IntegerCodec INT16 = new IntegerCodec("Int16", Short.BYTES);
    static final IntegerCodec INT32 = new IntegerCodec("Int32", Integer.BYTES);
    static final IntegerCodec INT64 = new IntegerCodec("Int64", Long.BYTES);
    static final IntegerCodec UINT32 = new IntegerCodec("UInt32", Integer.BYTES);

    @Override
    public void append(byte[] bytes, int offset, int length, ColumnBuffer out) {
        switch (width) {
            case Short.BYTES -> out.putShort(BigEndian.int16(bytes, offset));
            case Integer.BYTES -> out.putInt(BigEndian.int32(bytes, offset));
            default -> out.putLong(BigEndian.int64(bytes, offset));
        }
    }

    @Override
    public void appendDefault(ColumnBuffer out) {
        out.putZeros(width);
    }

    long value(byte[] bytes, int offset) {
        return switch (width) {
            case Short.BYTES -> BigEndian.int16(bytes, offset);
            case Integer.BYTES ->
                this == UINT32
                        ? Integer.toUnsignedLong(BigEndian.int32(bytes, offset))
                        : BigEndian.int32(bytes, offset);
            default -> BigEndian.int64(bytes, offset);
        };
    }

    @Override
    public String text(byte[] bytes, int offset, int length) {
        return Long.toString(value(bytes, offset));
    }

    @Override
    public Canonical canonical() {
        return Canonical.PLAIN;
    }

    @Override
    public int plainWidth() {
        return width < Integer.BYTES ? 0 : width;
    }
}
