package millrace.loader.codec;

import java.math.BigInteger;

/** ClickHouse's integers. */
enum IntegerType {
    INT8("Int8", 1, true),
    INT16("Int16", 2, true),
    INT32("Int32", 4, true),
    INT64("Int64", 8, true),
    INT128("Int128", 16, true),
    INT256("Int256", 32, true),
    UINT8("UInt8", 1, false),
    UINT16("UInt16", 2, false),
    UINT32("UInt32", 4, false),
    UINT64("UInt64", 8, false),
    UINT128("UInt128", 16, false),
    UINT256("UInt256", 32, false);

    private final String label;
    private final int width;
    private final BigInteger least;
    private final BigInteger most;

    IntegerType(String label, int width, boolean signed) {
        this.label = label;
        this.width = width;
        BigInteger values = BigInteger.TWO.pow(8 * width);
        least = signed ? values.shiftRight(1).negate() : BigInteger.ZERO;
        most = least.add(values).subtract(BigInteger.ONE);
    }

    /** As ClickHouse spells it. */
    String label() {
        return label;
    }

    /** In bytes. */
    int width() {
        return width;
    }

    BigInteger least() {
        return least;
    }

    BigInteger most() {
        return most;
    }

    /** The least value that a long can hold too. */
    long leastLong() {
        return least.max(BigInteger.valueOf(Long.MIN_VALUE)).longValueExact();
    }

    /** The greatest value that a long can hold too. */
    long mostLong() {
        return most.min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact();
    }

    RefusedValue refusal() {
        return new RefusedValue(() -> label + " holds whole numbers from " + least + " to " + most);
    }
}
