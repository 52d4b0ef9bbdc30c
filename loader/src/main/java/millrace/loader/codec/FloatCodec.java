package millrace.loader.codec;

/** real: the same bits, so NaN, the infinities and -0 are kept. */
record FloatCodec() implements Codec {
    @Override
    public String clickhouseType() {
        return "Float32";
    }

    @Override
    public void append(byte[] bytes, int offset, int length, ColumnBuffer out) {
        out.putInt(BigEndian.int32(bytes, offset));
    }

    @Override
    public void appendDefault(ColumnBuffer out) {
        out.putInt(0);
    }

    @Override
    public String text(byte[] bytes, int offset, int length) {
        return Float.toString(Float.intBitsToFloat(BigEndian.int32(bytes, offset)));
    }

    @Override
    public Canonical canonical() {
        return Canonical.FLOAT;
    }

    @Override
    public int plainWidth() {
        return Float.BYTES;
    }
}
