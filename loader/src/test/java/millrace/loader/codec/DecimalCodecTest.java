package millrace.loader.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalCodecTest {
    @ParameterizedTest
    @CsvSource({
        // groups weight sign scale, then the groups of four digits
        "10, 2, 0000 0000 0000 0002,                0000000000000000",
        "10, 2, 0002 0000 0000 0002 0001 09c4,      7d00000000000000",
        "10, 2, 0002 0000 4000 0002 0001 09c4,      83ffffffffffffff",
        " 9, 4, 0001 ffff 0000 0004 0001,           01000000",
        " 4, 0, 0001 0000 4000 0000 270f,           f1d8ffff",
        "18, 0, 0001 0004 0000 0000 0001,           0000c16ff2862300",
        "38, 0, 0001 0000 4000 0000 0001,           ffffffffffffffff ffffffffffffffff",
        "76, 1, 0001 0000 0000 0001 0001,           0a00000000000000 0000000000000000 0000000000000000 0000000000000000",
    })
    void encodesExactly(int precision, int scale, String value, String expected) {
        assertEquals(Values.plain(expected), Values.encoded(DecimalCodec.of(precision, scale), value));
    }

    @ParameterizedTest
    @CsvSource({"9, 4", "10, 8", "18, 8", "19, 16", "38, 16", "39, 32", "76, 32"})
    void takesAsManyBytesAsClickHouseGivesAPrecision(int precision, int width) {
        assertEquals(width, DecimalCodec.of(precision, 0).width());
    }

    /** The quick way with longs and the general one agree, whatever the number: seeds are fixed. */
    @Test
    void encodesRandomNumbersAsBigDecimalSaysTheyAre() {
        Random random = new Random(20261121);
        for (int i = 0; i < 50_000; i++) {
            int precision = 1 + random.nextInt(DecimalCodec.MAX_DIGITS);
            int scale = random.nextInt(precision + 1);
            BigInteger units =
                    new BigInteger(random.nextInt(250), random).mod(BigInteger.TEN.pow(1 + random.nextInt(precision)));
            BigDecimal value = new BigDecimal(random.nextBoolean() ? units : units.negate(), scale);
            DecimalCodec codec = DecimalCodec.of(precision, scale);
            String binary = Numerics.binary(value);
            assertEquals(
                    Numerics.littleEndian(value.unscaledValue(), codec.width()),
                    Values.encoded(codec, binary),
                    value::toPlainString);
            assertEquals(value.toPlainString(), Values.text(codec, binary));
        }
    }

    @Test
    void refusesTypesThatClickHouseDoesNotHave() {
        assertThrows(IllegalArgumentException.class, () -> DecimalCodec.of(77, 0));
        assertThrows(IllegalArgumentException.class, () -> DecimalCodec.of(5, 6));
        assertThrows(IllegalArgumentException.class, () -> DecimalCodec.of(0, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "5, 1, 10000.0",
        "5, 1, -10000.0",
        "18, 0, 1000000000000000000",
        "19, 2, 100000000000000000.00",
        "5, 1, 0.01",
        "38, 1, 0.05"
    })
    void refusesOneDigitTooMany(int precision, int scale, BigDecimal value) {
        assertThrows(
                RefusedValue.class, () -> Values.encoded(DecimalCodec.of(precision, scale), Numerics.binary(value)));
    }

    /** Writes numbers as Postgres and as ClickHouse do. */
    private static final class Numerics {
        static String binary(BigDecimal value) {
            String[] parts = value.abs().toPlainString().split("\\.");
            String whole = "0".repeat((4 - parts[0].length() % 4) % 4) + parts[0];
            String fraction = parts.length == 1 ? "" : parts[1] + "0".repeat((4 - parts[1].length() % 4) % 4);
            String digits = whole + fraction;
            int weight = whole.length() / 4 - 1;
            while (digits.startsWith("0000")) {
                digits = digits.substring(4);
                weight--;
            }
            while (digits.endsWith("0000")) {
                digits = digits.substring(0, digits.length() - 4);
            }
            StringBuilder hex = new StringBuilder(hex16(digits.length() / 4)
                    + hex16(digits.isEmpty() ? 0 : weight)
                    + (value.signum() < 0 ? "4000" : "0000")
                    + hex16(value.scale()));
            for (int i = 0; i < digits.length(); i += 4) {
                hex.append(hex16(Integer.parseInt(digits.substring(i, i + 4))));
            }
            return hex.toString();
        }

        private static String hex16(int value) {
            return "%04x".formatted(value & 0xFFFF);
        }

        static String littleEndian(BigInteger value, int width) {
            byte[] bytes = new byte[width];
            for (int i = 0; i < width; i++) {
                bytes[i] = value.shiftRight(8 * i).byteValue();
            }
            return HexFormat.of().formatHex(bytes);
        }
    }
}
