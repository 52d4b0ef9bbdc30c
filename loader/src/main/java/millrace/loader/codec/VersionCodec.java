package millrace.loader.codec;

import java.math.BigInteger;
import java.util.Arrays;

/** 16 bytes, the highest first, as UInt128: which of two changes came later. */
public record VersionCodec() implements Codec {
    @Override
    public String clickhouseType() {
        return "UInt128";
    }

    @Override
    public void append(byte[] bytes, int offset, int length, ColumnBuffer out) {
        out.putLong(BigEndian.int64(bytes, offset + Long.BYTES));
        out.putLong(BigEndian.int64(bytes, offset));
    }

    @Override
    public void appendDefault(ColumnBuffer out) {
        out.putZeros(2 * Long.BYTES);
    }

    @Override
    public String text(byte[] bytes, int offset, int length) {
        return new BigInteger(1, Arrays.copyOfRange(bytes, offset, offset + length)).toString();
    }

    @Override
    public Canonical canonical() {
        return Canonical.PLAIN;
    }
}
