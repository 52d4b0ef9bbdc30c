package millrace.loader.codec;

/** date as ClickHouse's Date: 16 bits of days since 1970-01-01. */
record ShortDateCodec(DateCodec source) implements Codec {
    private static final int LAST_DAY = 0xFFFF;

    @Override
    public String clickhouseType() {
        return "Date";
    }

    @Override
    public void append(byte[] bytes, int offset, int length, ColumnBuffer out) {
        long day = (long) BigEndian.int32(bytes, offset) + PostgresTime.EPOCH_DAY;
        if (day < 0 || day > LAST_DAY) {
            throw new RefusedValue("Date holds days from 1970-01-01 to 2149-06-06");
        }
        out.putShort((short) day);
    }

    @Override
    public void appendDefault(ColumnBuffer out) {
        out.putShort((short) 0);
    }

    @Override
    public String text(byte[] bytes, int offset, int length) {
        return source.text(bytes, offset, length);
    }

    @Override
    public Canonical canonical() {
        return Canonical.DATE;
    }

    @Override
    public ValueRange range() {
        return new ValueRange.Moments("1970-01-01", "2149-06-06", 1);
    }
}
