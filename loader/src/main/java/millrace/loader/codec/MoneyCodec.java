package millrace.loader.codec;

import java.math.BigDecimal;

/** money: a 64-bit count of the smallest unit, of which the server's locale has 10^scale in a whole one. */
record MoneyCodec(int scale) implements Codec {
    @Override
    public String clickhouseType() {
        return "Decimal(19, " + scale + ")";
    }

    @Override
    public void append(byte[] bytes, int offset, int length, ColumnBuffer out) {
        long units = BigEndian.int64(bytes, offset);
        out.putLong(units);
        out.putLong(units >> 63);
    }

    @Override
    public void appendDefault(ColumnBuffer out) {
        out.putZeros(2 * Long.BYTES);
    }

    @Override
    public String text(byte[] bytes, int offset, int length) {
        return BigDecimal.valueOf(BigEndian.int64(bytes, offset), scale).toPlainString();
    }

    @Override
    public Canonical canonical() {
        return Canonical.MONEY;
    }
}
