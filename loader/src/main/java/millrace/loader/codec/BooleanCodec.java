package millrace.loader.codec;

/** boolean: 0 or 1, as Bool or as UInt8. */
record BooleanCodec(String clickhouseType) implements Codec {
    static final BooleanCodec BOOL = new BooleanCodec("Bool");
    static final BooleanCodec UINT8 = new BooleanCodec("UInt8");

    @Override
    public void append(byte[] bytes, int offset, int length, ColumnBuffer out) {
        out.putByte(bytes[offset]);
    }

    @Override
    public void appendDefault(ColumnBuffer out) {
        out.putByte(0);
    }

    @Override
    public String text(byte[] bytes, int offset, int length) {
        return bytes[offset] == 0 ? "false" : "true";
    }

    @Override
    public Canonical canonical() {
        return Canonical.BOOLEAN;
    }
}
