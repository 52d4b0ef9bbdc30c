package millrace.loader.codec;

import java.util.UUID;

/** uuid: ClickHouse keeps the high half first, each half with its lowest byte first. */
record UuidCodec() implements Codec {
    @Override
    public String clickhouseType() {
        return "UUID";
    }

    @Override
    public void append(byte[] bytes, int offset, int length, ColumnBuffer out) {
        out.putLong(BigEndian.int64(bytes, offset));
        out.putLong(BigEndian.int64(bytes, offset + Long.BYTES));
    }

    @Override
    public void appendDefault(ColumnBuffer out) {
        out.putZeros(2 * Long.BYTES);
    }

    @Override
    public String text(byte[] bytes, int offset, int length) {
        return new UUID(BigEndian.int64(bytes, offset), BigEndian.int64(bytes, offset + Long.BYTES)).toString();
    }

    @Override
    public Canonical canonical() {
        return Canonical.PLAIN;
    }
}
