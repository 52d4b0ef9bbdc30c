package millrace.loader.codec;

import java.math.BigDecimal;

/** An integer as one of another width or sign. */
record ResizedIntegerCodec(IntegerCodec source, IntegerType target, long least, long most) implements Codec {
    ResizedIntegerCodec(IntegerCodec source, IntegerType target) {
        this(source, target, target.leastLong(), target.mostLong());
    }

    @Override
    public String clickhouseType() {
        return target.label();
    }

    @Override
    public void append(byte[] bytes, int offset, int length, ColumnBuffer out) {
        long value = source.value(bytes, offset);
        if (value < least || value > most) {
            throw target.refusal();
        }
        out.putInteger(value, target.width());
    }

    @Override
    public void appendDefault(ColumnBuffer out) {
        out.putZeros(target.width());
    }

    @Override
    public String text(byte[] bytes, int offset, int length) {
        return source.text(bytes, offset, length);
    }

    @Override
    public Canonical canonical() {
        return Canonical.PLAIN;
    }

    @Override
    public ValueRange range() {
        return new ValueRange.Numbers(new BigDecimal(target.least()), new BigDecimal(target.most()), 0);
    }
}
