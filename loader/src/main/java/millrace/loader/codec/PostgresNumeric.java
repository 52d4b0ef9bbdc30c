package millrace.loader.codec;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Reads Postgres' numeric: groups of four decimal digits, a weight (the power of 10,000 of the first), a sign, a scale. */
final class PostgresNumeric {
    static final int NEGATIVE = 0x4000;
    private static final int NAN = 0xC000;
    private static final int INFINITY = 0xD000;
    private static final int NEGATIVE_INFINITY = 0xF000;
    private static final BigInteger GROUP = BigInteger.valueOf(10_000);

    private PostgresNumeric() {}

    /** What stands before the groups, read at once: their number, the weight, the sign and the scale. */
    static long head(byte[] bytes, int offset) {
        return BigEndian.int64(bytes, offset);
    }

    static int groups(long head) {
        return (int) (head >>> 48);
    }

    static int weight(long head) {
        return (short) (head >>> 32);
    }

    static int sign(byte[] bytes, int offset) {
        return BigEndian.int16(bytes, offset + 4) & 0xFFFF;
    }

    static boolean isFinite(int sign) {
        return sign == 0 || sign == NEGATIVE;
    }

    static int group(byte[] bytes, int offset, int index) {
        return BigEndian.int16(bytes, offset + 8 + 2 * index);
    }

    /** The exact value of a finite number, with the scale that it is shown with. */
    static BigDecimal value(byte[] bytes, int offset) {
        long head = head(bytes, offset);
        int groups = groups(head);
        BigInteger digits = BigInteger.ZERO;
        for (int i = 0; i < groups; i++) {
            digits = digits.multiply(GROUP).add(BigInteger.valueOf(group(bytes, offset, i)));
        }
        int shown = BigEndian.int16(bytes, offset + 6);
        BigDecimal value = new BigDecimal(digits, 4 * (groups - 1 - weight(head))).setScale(shown);
        return sign(bytes, offset) == NEGATIVE ? value.negate() : value;
    }

    static String text(byte[] bytes, int offset) {
        return switch (sign(bytes, offset)) {
            case NAN -> "NaN";
            case INFINITY -> "Infinity";
            case NEGATIVE_INFINITY -> "-Infinity";
            default -> value(bytes, offset).toPlainString();
        };
    }
}
