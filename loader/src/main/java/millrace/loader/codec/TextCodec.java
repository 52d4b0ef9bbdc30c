package millrace.loader.codec;

import java.nio.charset.StandardCharsets;

/**
 * Text in UTF-8, copied byte by byte: text, varchar, char(n) with its padding, name, json, enum labels, and every type that
 * the query casts to text. {@code skip} is the length of what stands before the text: 1 for jsonb's version number.
 */
record TextCodec(int skip) implements Codec {
    static final TextCodec PLAIN = new TextCodec(0);
    static final TextCodec VERSIONED = new TextCodec(1);

    @Override
    public String clickhouseType() {
        return "String";
    }

    @Override
    public void append(byte[] bytes, int offset, int length, ColumnBuffer out) {
        out.putLength(length - skip);
        out.putBytes(bytes, offset + skip, length - skip);
    }

    @Override
    public void appendDefault(ColumnBuffer out) {
        out.putByte(0);
    }

    @Override
    public String text(byte[] bytes, int offset, int length) {
        return new String(bytes, offset + skip, length - skip, StandardCharsets.UTF_8);
    }

    @Override
    public int textStart() {
        return skip;
    }

    @Override
    public Canonical canonical() {
        return Canonical.TEXT;
    }
}
