package millrace.loader.codec;

/** Text or bytea as FixedString(n). ClickHouse fills shorter values up with zero bytes, so those are refused like longer ones. */
record FixedCodec(Codec source, int bytes) implements Codec {
    @Override
    public String clickhouseType() {
        return "FixedString(" + bytes + ")";
    }

    @Override
    public void append(byte[] value, int offset, int length, ColumnBuffer out) {
        if (length != bytes) {
            throw new RefusedValue(() -> clickhouseType() + " holds exactly " + bytes + " bytes, not " + length);
        }
        out.putBytes(value, offset, length);
    }

    @Override
    public void appendDefault(ColumnBuffer out) {
        out.putZeros(bytes);
    }

    @Override
    public String text(byte[] value, int offset, int length) {
        return source.text(value, offset, length);
    }

    @Override
    public int textStart() {
        return source.textStart();
    }

    @Override
    public Canonical canonical() {
        return source.canonical();
    }

    @Override
    public ValueRange range() {
        return new ValueRange.Length(bytes);
    }
}
