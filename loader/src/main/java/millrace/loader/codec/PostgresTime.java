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
        int year = date.getYear();
        String shown =
                "%04d-%02d-%02d".formatted(year > 0 ? year : 1 - year, date.getMonthValue(), date.getDayOfMonth());
        return year > 0 ? shown : shown + " BC";
    }

    /** @param micros since 2000-01-01 00:00 */
    static String timestamp(long micros) {
        String date = date(Math.floorDiv(micros, TimeLimits.MICROS_A_DAY) + EPOCH_DAY);
        String time = time(Math.floorMod(micros, TimeLimits.MICROS_A_DAY));
        return date.endsWith(" BC") ? date.replace(" BC", " " + time + " BC") : date + " " + time;
    }

    /** The time of day, without the zeros at its end: 08:30:00.25, and 24:00:00 for the end of a day. */
    static String time(long micros) {
        long seconds = micros / 1_000_000;
        long fraction = micros % 1_000_000;
        String whole = "%02d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
        return fraction == 0 ? whole : whole + ("." + "%06d".formatted(fraction)).replaceAll("0+$", "");
    }
}
