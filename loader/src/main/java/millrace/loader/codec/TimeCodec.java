package millrace.loader.codec;

/** time: the text that Postgres shows, which sorts like the times themselves and can say 24:00:00. */
record TimeCodec() implements Codec {
    @Override
    public String clickhouseType() {
        return "String";
    }

    @Override
    public void append(byte[] bytes, int offset, int length, ColumnBuffer out) {
        out.putText(text(bytes, offset, length));
    }

    @Override
    public void appendDefault(ColumnBuffer out) {
        out.putByte(0);
    }

    @Override
    public String text(byte[] bytes, int offset, int length) {
        return PostgresTime.time(BigEndian.int64(bytes, offset));
    }

    @Override
    public Canonical canonical() {
        return Canonical.TEXT;
    }
}
