package millrace.loader.codec;

import java.time.LocalDate;

/**
 * What the ClickHouse server's wide date types hold. Servers differ, and out of range they clamp in silence, so they are asked.
 *
 * @param firstDay the first day of Date32, in days since 1970-01-01
 * @param lastDay the last day of Date32, in days since 1970-01-01
 * @param firstMicro the first instant of DateTime64(6), in microseconds since 1970-01-01 00:00 UTC
 * @param lastMicro the last instant of DateTime64(6), in microseconds since 1970-01-01 00:00 UTC
 * @param utc whether the server's own time zone is UTC
 */
public record TimeLimits(int firstDay, int lastDay, long firstMicro, long lastMicro, boolean utc) {
    public TimeLimits {
        if (firstDay > lastDay || firstMicro > lastMicro) {
            throw new IllegalArgumentException("empty range of dates");
        }
    }

    static final long MICROS_A_DAY = 86_400_000_000L;

    public static TimeLimits ofDays(LocalDate first, LocalDate last, boolean utc) {
        long start = Math.multiplyExact(first.toEpochDay(), MICROS_A_DAY);
        long end = Math.multiplyExact(last.toEpochDay() + 1, MICROS_A_DAY) - 1;
        return new TimeLimits((int) first.toEpochDay(), (int) last.toEpochDay(), start, end, utc);
    }

    String days() {
        return "from " + PostgresTime.date(firstDay) + " to " + PostgresTime.date(lastDay);
    }

    String instants() {
        return "from " + PostgresTime.timestamp(firstMicro - PostgresTime.EPOCH_MICRO) + " to "
                + PostgresTime.timestamp(lastMicro - PostgresTime.EPOCH_MICRO);
    }
}
