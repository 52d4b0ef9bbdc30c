package millrace.loader.codec;

/** real as Float64, which has every value of Float32. */
record WidenedFloatCodec() implements Codec {
    @Override
    public String clickhouseType() {
        return "Float64";
    }

    @Override
    public void append(byte[] bytes, int offset, int length, ColumnBuffer out) {
        out.putLong(Double.doubleToRawLongBits(Float.intBitsToFloat(BigEndian.int32(bytes, offset))));
    }

    @Override
    public void appendDefault(ColumnBuffer out) {
        out.putLong(0);
    }

    @Override
    public String text(byte[] bytes, int offset, int length) {
        return Float.toString(Float.intBitsToFloat(BigEndian.int32(bytes, offset)));
    }

    @Override
    public Canonical canonical() {
        return Canonical.FLOAT;
    }
}
