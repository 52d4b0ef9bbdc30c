package millrace.loader.codec;

record BooleanCodec() implements Codec {
    @Override
    public String clickhouseType() {
        return "Bool";
    }

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
