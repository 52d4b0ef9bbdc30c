package millrace.loader.codec;

import java.nio.charset.StandardCharsets;

/** time: the text that Postgres shows, which sorts like the times themselves and can say 24:00:00. */
record TimeCodec() implements Codec {
    @Override
    public String clickhouseType() {
        return "String";
    }

    @Override
    public void append(byte[] bytes, int offset, int length, ColumnBuffer out) {
        byte[] text = text(bytes, offset, length).getBytes(StandardCharsets.US_ASCII);
        out.putLength(text.length);
        out.putBytes(text, 0, text.length);
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
