package millrace.loader.codec;

import java.time.LocalDate;

/** Postgres' epoch, and its way of writing dates and times. */
final class PostgresTime {
    /** 2000-01-01, in days since 1970-01-01. */
    static final int EPOCH_DAY = 10_957;
    /** 2000-01-01 00:00, in microseconds since 1970-01-01 00:00. */
    static final long EPOCH_MICRO = EPOCH_DAY * TimeLimits.MICROS_A_DAY;

    private PostgresTime() {}

    static String date(long epochDay) {
        LocalDate date = LocalDate.ofEpochDay(epochDay);
        return day(date) + era(date);
    }

    private static String day(LocalDate date) {
        int year = date.getYear() > 0 ? date.getYear() : 1 - date.getYear();
        return padded(year, 4) + "-" + padded(date.getMonthValue(), 2) + "-" + padded(date.getDayOfMonth(), 2);
    }

    private static String era(LocalDate date) {
        return date.getYear() > 0 ? "" : " BC";
    }

    private static String padded(long number, int width) {
        String digits = Long.toString(number);
        return "0".repeat(Math.max(0, width - digits.length())) + digits;
    }

    /** @param micros since 2000-01-01 00:00 */
    static String timestamp(long micros) {
        return timestamp(micros, "");
    }

    /**
     * A timestamp and its zone, which Postgres writes before the era.
     *
     * @param micros since 2000-01-01 00:00
     */
    static String timestamp(long micros, String zone) {
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(micros, TimeLimits.MICROS_A_DAY) + EPOCH_DAY);
        return day(date) + " " + time(Math.floorMod(micros, TimeLimits.MICROS_A_DAY)) + zone + era(date);
    }

    /** The time of day, without the zeros at its end: 08:30:00.25, and 24:00:00 for the end of a day. */
    static String time(long micros) {
        long seconds = micros / 1_000_000;
        long fraction = micros % 1_000_000;
        String whole = padded(seconds / 3600, 2) + ":" + padded(seconds / 60 % 60, 2) + ":" + padded(seconds % 60, 2);
        if (fraction == 0) {
            return whole;
        }
        int digits = 6;
        for (; fraction % 10 == 0; fraction /= 10) {
            digits--;
        }
        return whole + "." + padded(fraction, digits);
    }
}
