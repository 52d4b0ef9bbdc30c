package millrace.loader.codec;

import java.util.HexFormat;

/** bytea: a ClickHouse String holds any bytes. */
record BytesCodec() implements Codec {
    @Override
    public String clickhouseType() {
        return "String";
    }

    @Override
    public void append(byte[] bytes, int offset, int length, ColumnBuffer out) {
        out.putLength(length);
        out.putBytes(bytes, offset, length);
    }

    @Override
    public void appendDefault(ColumnBuffer out) {
        out.putByte(0);
    }

    @Override
    public String text(byte[] bytes, int offset, int length) {
        return "\\x" + HexFormat.of().formatHex(bytes, offset, offset + length);
    }

    @Override
    public Canonical canonical() {
        return Canonical.BYTES;
    }
}
