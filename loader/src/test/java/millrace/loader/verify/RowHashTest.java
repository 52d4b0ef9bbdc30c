package millrace.loader.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowHashTest {
    private static RowHash hashed(List<Integer> key, String... values) {
        RowHash row = new RowHash(values.length, key);
        row.begin();
        for (String value : values) {
            if (value == null) {
                row.addNull();
            } else {
                byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
                row.add(bytes, 0, bytes.length);
            }
        }
        row.end();
        return row;
    }

    /** MD5 of "1:aN0:", as ClickHouse's reinterpretAsUInt128 reads it. */
    @Test
    void isTheMd5OfTheFrames() {
        RowHash row = hashed(List.of(0), "a", null, "");
        assertEquals("%016x%016x".formatted(row.high(), row.low()), md5("1:aN0:"));
    }

    private static String md5(String text) {
        try {
            byte[] digest =
                    java.security.MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            StringBuilder reversed = new StringBuilder();
            for (int i = digest.length - 1; i >= 0; i--) {
                reversed.append(String.format("%02x", digest[i]));
            }
            return reversed.toString();
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void tellsWhereOneValueEndsAndTheNextBegins() {
        assertNotEquals(
                hashed(List.of(), "ab", "c").low(), hashed(List.of(), "a", "bc").low());
        assertNotEquals(
                hashed(List.of(), "N").low(), hashed(List.of(), (String) null).low());
    }

    @Test
    void showsTheKeyInItsOwnOrder() {
        RowPrint print = hashed(List.of(2, 0), "a", "b", null).print();
        assertEquals(Arrays.asList(null, "a"), print.key());
        assertEquals(3, print.prints().size());
    }

    @Test
    void sumsUpWithCarry() {
        BucketSums one = new BucketSums();
        one.add(5, 1, 0, -1);
        one.add(5, 1, 0, 2);
        BucketSums other = new BucketSums();
        other.add(5, 2, 1, 1);
        assertEquals(List.of(), one.differing(other));
        other.add(6, 1, 0, 0);
        assertEquals(List.of(6), one.differing(other));
    }
}
