package millrace.loader.codec;

/** timestamp and timestamptz: microseconds, counted from 2000 in Postgres and from 1970 in ClickHouse. */
record TimestampCodec(TimeLimits limits, boolean withZone) implements Codec {
    @Override
    public String clickhouseType() {
        // A type without a zone shows its values in the server's zone, which must not shift what a clock on the wall
        // said.
        return withZone || !limits.utc() ? "DateTime64(6, 'UTC')" : "DateTime64(6)";
    }

    @Override
    public void append(byte[] bytes, int offset, int length, ColumnBuffer out) {
        check(bytes, offset, length);
        out.putLong(BigEndian.int64(bytes, offset) + PostgresTime.EPOCH_MICRO);
    }

    @Override
    public void check(byte[] bytes, int offset, int length) {
        long since2000 = BigEndian.int64(bytes, offset);
        // Beyond this sum the addition would overflow; no server's range reaches there.
        if (since2000 > Long.MAX_VALUE - PostgresTime.EPOCH_MICRO
                || since2000 + PostgresTime.EPOCH_MICRO < limits.firstMicro()
                || since2000 + PostgresTime.EPOCH_MICRO > limits.lastMicro()) {
            throw new RefusedValue(() -> "DateTime64(6) holds " + limits.instants());
        }
    }

    @Override
    public ValueRange range() {
        return new ValueRange.Moments(
                PostgresTime.timestamp(limits.firstMicro() - PostgresTime.EPOCH_MICRO),
                PostgresTime.timestamp(limits.lastMicro() - PostgresTime.EPOCH_MICRO),
                1);
    }

    @Override
    public void appendDefault(ColumnBuffer out) {
        out.putLong(0);
    }

    @Override
    public String text(byte[] bytes, int offset, int length) {
        long since2000 = BigEndian.int64(bytes, offset);
        if (since2000 == Long.MAX_VALUE) {
            return "infinity";
        }
        if (since2000 == Long.MIN_VALUE) {
            return "-infinity";
        }
        return PostgresTime.timestamp(since2000, withZone ? "+00" : "");
    }

    @Override
    public Canonical canonical() {
        return Canonical.TIMESTAMP;
    }
}
