package millrace.loader.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;

/** Bytes for codecs, written as hexadecimal digits with spaces wherever they help. */
final class Values {
    private Values() {}

    static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    /** What the codec makes of a value. The value stands in the middle of other bytes, as in a row. */
    static String encoded(Codec codec, String value) {
        byte[] row = bytes("ff ff" + value + "ee");
        ColumnBuffer out = codec.newBuffer(false);
        codec.append(row, 2, row.length - 3, out);
        return hex(out);
    }

    static String text(Codec codec, String value) {
        byte[] row = bytes("ff ff" + value + "ee");
        return codec.text(row, 2, row.length - 3);
    }

    static String hex(ColumnBuffer buffer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            buffer.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return HexFormat.of().formatHex(out.toByteArray());
    }

    static String plain(String hex) {
        return hex.replace(" ", "");
    }
}
