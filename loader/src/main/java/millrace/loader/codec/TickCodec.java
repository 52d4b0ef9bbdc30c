package millrace.loader.codec;

/**
 * timestamp and timestamptz as counts of something longer than a microsecond, or shown in a zone: DateTime64(3),
 * DateTime64(6, 'Europe/Berlin'), DateTime.
 *
 * @param unit microseconds from one tick to the next
 * @param first the first instant, in microseconds since 1970-01-01 00:00 UTC
 * @param last the last instant
 * @param width bytes of a count
 */
record TickCodec(TimestampCodec source, String clickhouseType, long unit, long first, long last, int width)
        implements Codec {
    private static final long MICROS_A_SECOND = 1_000_000;
    private static final long MAX_SECONDS = 0xFFFF_FFFFL;

    /** DateTime: 32 bits of seconds since 1970. */
    static TickCodec seconds(TimestampCodec source, String zone) {
        return new TickCodec(
                source,
                zone.isEmpty() ? "DateTime" : "DateTime('" + zone + "')",
                MICROS_A_SECOND,
                0,
                MAX_SECONDS * MICROS_A_SECOND,
                Integer.BYTES);
    }

    /** DateTime64: in a zone other than UTC the outermost days would be shown as days beyond what the server can show. */
    static TickCodec digits(TimestampCodec source, int digits, String zone) {
        long unit = 1;
        for (int i = digits; i < 6; i++) {
            unit *= 10;
        }
        long margin = zone.isEmpty() || zone.equals("UTC") ? 0 : TimeLimits.MICROS_A_DAY;
        return new TickCodec(
                source,
                zone.isEmpty() ? "DateTime64(" + digits + ")" : "DateTime64(" + digits + ", '" + zone + "')",
                unit,
                source.limits().firstMicro() + margin,
                (source.limits().lastMicro() - margin) / unit * unit,
                Long.BYTES);
    }

    @Override
    public void append(byte[] bytes, int offset, int length, ColumnBuffer out) {
        long since2000 = BigEndian.int64(bytes, offset);
        long micros = since2000 + PostgresTime.EPOCH_MICRO;
        if (since2000 > Long.MAX_VALUE - PostgresTime.EPOCH_MICRO || micros < first || micros > last) {
            throw new RefusedValue(() -> clickhouseType + " holds from " + shown(first) + " to " + shown(last));
        }
        if (micros % unit != 0) {
            throw new RefusedValue(() -> clickhouseType + " has " + digits() + " digits of a second");
        }
        out.putInteger(micros / unit, width);
    }

    private int digits() {
        return 7 - Long.toString(unit).length();
    }

    private static String shown(long micros) {
        return PostgresTime.timestamp(micros - PostgresTime.EPOCH_MICRO);
    }

    @Override
    public void appendDefault(ColumnBuffer out) {
        out.putZeros(width);
    }

    @Override
    public String text(byte[] bytes, int offset, int length) {
        return source.text(bytes, offset, length);
    }

    @Override
    public Canonical canonical() {
        return width == Long.BYTES ? Canonical.TIMESTAMP : Canonical.SECONDS;
    }

    @Override
    public ValueRange range() {
        return new ValueRange.Moments(shown(first), shown(last), unit);
    }
}
