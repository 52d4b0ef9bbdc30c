package millrace.loader.codec;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;

/** Which values of its Postgres type a codec takes; the others it refuses. */
public sealed interface ValueRange {
    ValueRange EVERYTHING = new Everything();

    /** Nothing is refused. */
    record Everything() implements ValueRange {}

    /**
     * Dates or timestamps.
     *
     * @param first the first one, as Postgres writes it
     * @param last the last one
     * @param unit microseconds of which a timestamp must be a multiple
     */
    record Moments(String first, String last, long unit) implements ValueRange {
        public Moments {
            requireNonNull(first, "first is null");
            requireNonNull(last, "last is null");
        }
    }

    /**
     * Finite numbers.
     *
     * @param scale how many digits they may have after the point
     */
    record Numbers(BigDecimal least, BigDecimal most, int scale) implements ValueRange {
        public Numbers {
            requireNonNull(least, "least is null");
            requireNonNull(most, "most is null");
        }

        static Numbers digits(int precision, int scale) {
            BigDecimal most =
                    BigDecimal.TEN.pow(precision).subtract(BigDecimal.ONE).movePointLeft(scale);
            return new Numbers(most.negate(), most, scale);
        }
    }

    /** Texts, or bytea, of exactly so many bytes. */
    record Length(int bytes) implements ValueRange {}
}
