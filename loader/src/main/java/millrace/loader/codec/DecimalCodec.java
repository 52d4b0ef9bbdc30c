package millrace.loader.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** numeric(p, s): a whole number of units of 10^-s, in 4, 8, 16 or 32 bytes. NaN and the infinities have no place in it. */
record DecimalCodec(int precision, int scale, int width, long most) implements Codec {
    static final int MAX_DIGITS = 76;
    private static final long[] POWERS = new long[19];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = 10 * POWERS[i - 1];
        }
    }

    static DecimalCodec of(int precision, int scale) {
        if (precision < 1 || precision > MAX_DIGITS || scale < 0 || scale > precision) {
            throw new IllegalArgumentException("Decimal(" + precision + ", " + scale + ") does not exist");
        }
        int width = precision <= 9 ? 4 : precision <= 18 ? 8 : precision <= 38 ? 16 : 32;
        return new DecimalCodec(precision, scale, width, precision <= 18 ? POWERS[precision] - 1 : Long.MAX_VALUE);
    }

    @Override
    public String clickhouseType() {
        return "Decimal(" + precision + ", " + scale + ")";
    }

    @Override
    public void append(byte[] bytes, int offset, int length, ColumnBuffer out) {
        int sign = finiteSign(bytes, offset);
        long units = smallUnits(bytes, offset);
        if (units < 0) {
            out.putInteger(units(bytes, offset), width);
        } else {
            out.putInteger(sign == PostgresNumeric.NEGATIVE ? -units : units, width);
        }
    }

    @Override
    public void check(byte[] bytes, int offset, int length) {
        finiteSign(bytes, offset);
        if (smallUnits(bytes, offset) < 0) {
            units(bytes, offset);
        }
    }

    @Override
    public ValueRange range() {
        return ValueRange.Numbers.digits(precision, scale);
    }

    private int finiteSign(byte[] bytes, int offset) {
        int sign = PostgresNumeric.sign(bytes, offset);
        if (!PostgresNumeric.isFinite(sign)) {
            throw new RefusedValue(() -> clickhouseType() + " holds finite numbers only");
        }
        return sign;
    }

    /** Appends a count of units, however large. */
    void putChecked(BigInteger units, ColumnBuffer out) {
        if (new BigDecimal(units).precision() > precision) {
            throw tooLarge();
        }
        out.putInteger(units, width);
    }

    private RefusedValue tooLarge() {
        return new RefusedValue(() -> clickhouseType() + " has " + (precision - scale) + " digits before the point");
    }

    /** The absolute count of units when it takes no more than a few multiplications of longs, else -1. */
    long smallUnits(byte[] bytes, int offset) {
        long head = PostgresNumeric.head(bytes, offset);
        int groups = PostgresNumeric.groups(head);
        if (groups == 0) {
            return 0;
        }
        int exponent = 4 * (PostgresNumeric.weight(head) - groups + 1) + scale;
        if (groups > 4 || exponent < -3 || exponent > 18) {
            return -1;
        }
        long digits = 0;
        for (int i = 0; i < groups - 1; i++) {
            digits = 10_000 * digits + PostgresNumeric.group(bytes, offset, i);
        }
        int last = PostgresNumeric.group(bytes, offset, groups - 1);
        return exponent < 0 ? shortened(digits, last, -exponent) : lengthened(10_000 * digits + last, exponent);
    }

    /** Leaves out the last digits, which must be zeros: 1 to 3 of the last group, so that no long is divided. */
    private long shortened(long digits, int last, int zeros) {
        int power = (int) POWERS[zeros];
        int kept = last / power;
        long units = POWERS[4 - zeros] * digits + kept;
        return kept * power == last && units <= most ? units : -1;
    }

    private long lengthened(long digits, int zeros) {
        // Four groups and two zeros are less than a long holds, which spares the division.
        return zeros <= 2 && digits * POWERS[zeros] <= most || digits <= most / POWERS[zeros]
                ? digits * POWERS[zeros]
                : -1;
    }

    private BigInteger units(byte[] bytes, int offset) {
        BigDecimal value = PostgresNumeric.value(bytes, offset);
        BigDecimal scaled = value.setScale(scale, RoundingMode.DOWN);
        if (scaled.compareTo(value) != 0) {
            throw new RefusedValue(() -> clickhouseType() + " has " + scale + " digits after the point");
        }
        if (scaled.precision() > precision) {
            throw tooLarge();
        }
        return scaled.unscaledValue();
    }

    @Override
    public void appendDefault(ColumnBuffer out) {
        out.putZeros(width);
    }

    @Override
    public String text(byte[] bytes, int offset, int length) {
        return PostgresNumeric.text(bytes, offset);
    }

    @Override
    public Canonical canonical() {
        return Canonical.DECIMAL;
    }
}
