package millrace.loader.codec;

/** double precision: the same bits, so NaN, the infinities and -0 are kept. */
record DoubleCodec() implements Codec {
    @Override
    public String clickhouseType() {
        return "Float64";
    }

    @Override
    public void append(byte[] bytes, int offset, int length, ColumnBuffer out) {
        out.putLong(BigEndian.int64(bytes, offset));
    }

    @Override
    public void appendDefault(ColumnBuffer out) {
        out.putLong(0);
    }

    @Override
    public String text(byte[] bytes, int offset, int length) {
        return Double.toString(Double.longBitsToDouble(BigEndian.int64(bytes, offset)));
    }

    @Override
    public Canonical canonical() {
        return Canonical.FLOAT;
    }

    @Override
    public int plainWidth() {
        return Double.BYTES;
    }
}
