package millrace.generator.ads;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * The days, in UTC, over which events are spread.
 *
 * @param until the day before which they end
 * @param days how many days they take
 */
public record Period(LocalDate until, int days) {
    private static final long MICROS_OF_DAY = TimeUnit.DAYS.toMicros(1);

    public Period {
        requireNonNull(until, "until is null");
    }

    public LocalDate firstDay() {
        return until.minusDays(days);
    }

    public LocalDate lastDay() {
        return until.minusDays(1);
    }

    /** The first moment, in microseconds since 1970. */
    public long start() {
        return firstDay().toEpochDay() * MICROS_OF_DAY;
    }

    /** Any moment of these days, in microseconds since 1970. */
    long moment(SplittableRandom random) {
        return start() + random.nextLong(days * MICROS_OF_DAY);
    }
}
