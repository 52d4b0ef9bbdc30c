package millrace.loader.codec;

/** The text that Postgres shows of values whose usual codec refuses some: {@code append} refuses those as the usual one does. */
record ShownCodec(Codec usual) implements Codec {
    @Override
    public String clickhouseType() {
        return "String";
    }

    @Override
    public void append(byte[] bytes, int offset, int length, ColumnBuffer out) {
        usual.check(bytes, offset, length);
        out.putText(text(bytes, offset, length));
    }

    @Override
    public void appendDefault(ColumnBuffer out) {
        out.putByte(0);
    }

    @Override
    public String text(byte[] bytes, int offset, int length) {
        return usual.text(bytes, offset, length);
    }

    @Override
    public Canonical canonical() {
        return Canonical.TEXT;
    }
}
