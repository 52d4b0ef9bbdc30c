package millrace.loader.codec;

import java.math.BigDecimal;
import java.math.BigInteger;

/** numeric as an integer: digits after the point are refused unless they are 0. */
record WholeNumericCodec(IntegerType target) implements Codec {
    /** Reads what takes no more than a few multiplications of longs. */
    private static final DecimalCodec SMALL = DecimalCodec.of(18, 0);

    @Override
    public String clickhouseType() {
        return target.label();
    }

    @Override
    public void append(byte[] bytes, int offset, int length, ColumnBuffer out) {
        int sign = PostgresNumeric.sign(bytes, offset);
        if (!PostgresNumeric.isFinite(sign)) {
            throw target.refusal();
        }
        long small = SMALL.smallUnits(bytes, offset);
        BigInteger whole = small < 0 ? whole(bytes, offset) : null;
        if (whole == null) {
            long value = sign == PostgresNumeric.NEGATIVE ? -small : small;
            if (value < target.leastLong() || value > target.mostLong()) {
                throw target.refusal();
            }
            out.putInteger(value, target.width());
        } else {
            out.putInteger(whole, target.width());
        }
    }

    private BigInteger whole(byte[] bytes, int offset) {
        BigDecimal value = PostgresNumeric.value(bytes, offset);
        BigInteger whole = value.toBigInteger();
        if (new BigDecimal(whole).compareTo(value) != 0
                || whole.compareTo(target.least()) < 0
                || whole.compareTo(target.most()) > 0) {
            throw target.refusal();
        }
        return whole;
    }

    @Override
    public void appendDefault(ColumnBuffer out) {
        out.putZeros(target.width());
    }

    @Override
    public String text(byte[] bytes, int offset, int length) {
        return PostgresNumeric.text(bytes, offset);
    }

    @Override
    public Canonical canonical() {
        return Canonical.DECIMAL;
    }

    @Override
    public ValueRange range() {
        return new ValueRange.Numbers(new BigDecimal(target.least()), new BigDecimal(target.most()), 0);
    }
}
