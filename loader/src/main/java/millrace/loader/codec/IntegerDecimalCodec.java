package millrace.loader.codec;

import java.math.BigInteger;

/** An integer as a decimal with digits after the point, all of them 0. */
record IntegerDecimalCodec(IntegerCodec source, DecimalCodec target, BigInteger unit) implements Codec {
    IntegerDecimalCodec(IntegerCodec source, DecimalCodec target) {
        this(source, target, BigInteger.TEN.pow(target.scale()));
    }

    @Override
    public String clickhouseType() {
        return target.clickhouseType();
    }

    @Override
    public void append(byte[] bytes, int offset, int length, ColumnBuffer out) {
        target.putChecked(unit.multiply(BigInteger.valueOf(source.value(bytes, offset))), out);
    }

    @Override
    public void appendDefault(ColumnBuffer out) {
        target.appendDefault(out);
    }

    @Override
    public String text(byte[] bytes, int offset, int length) {
        return source.text(bytes, offset, length);
    }

    @Override
    public Canonical canonical() {
        return Canonical.DECIMAL;
    }

    @Override
    public int scale() {
        return target.scale();
    }

    @Override
    public ValueRange range() {
        return target.range();
    }
}
