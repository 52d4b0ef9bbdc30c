package millrace.loader.codec;

/** date: days, counted from 2000 in Postgres and from 1970 in ClickHouse. */
record DateCodec(TimeLimits limits) implements Codec {
    @Override
    public String clickhouseType() {
        return "Date32";
    }

    @Override
    public void append(byte[] bytes, int offset, int length, ColumnBuffer out) {
        check(bytes, offset, length);
        out.putInt(BigEndian.int32(bytes, offset) + PostgresTime.EPOCH_DAY);
    }

    @Override
    public void check(byte[] bytes, int offset, int length) {
        long day = (long) BigEndian.int32(bytes, offset) + PostgresTime.EPOCH_DAY;
        if (day < limits.firstDay() || day > limits.lastDay()) {
            throw new RefusedValue(() -> "Date32 holds days " + limits.days());
        }
    }

    @Override
    public ValueRange range() {
        return new ValueRange.Moments(PostgresTime.date(limits.firstDay()), PostgresTime.date(limits.lastDay()), 1);
    }

    @Override
    public void appendDefault(ColumnBuffer out) {
        out.putInt(0);
    }

    @Override
    public String text(byte[] bytes, int offset, int length) {
        int day = BigEndian.int32(bytes, offset);
        return switch (day) {
            case Integer.MAX_VALUE -> "infinity";
            case Integer.MIN_VALUE -> "-infinity";
            default -> PostgresTime.date((long) day + PostgresTime.EPOCH_DAY);
        };
    }

    @Override
    public Canonical canonical() {
        return Canonical.DATE;
    }
}
