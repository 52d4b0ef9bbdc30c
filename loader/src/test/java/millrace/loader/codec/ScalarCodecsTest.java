package millrace.loader.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values in Postgres' binary format against the bytes that ClickHouse wants, both worked out by hand. */
class ScalarCodecsTest {
    private static final TimeLimits NARROW =
            TimeLimits.ofDays(LocalDate.of(1900, 1, 1), LocalDate.of(2299, 12, 31), true);
    private static final TimeLimits WIDE = TimeLimits.ofDays(LocalDate.of(1, 1, 1), LocalDate.of(9999, 12, 31), true);

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of(IntegerCodec.INT16, "8000", "0080", "-32768"),
                Arguments.of(IntegerCodec.INT16, "7fff", "ff7f", "32767"),
                Arguments.of(IntegerCodec.INT32, "80000000", "00000080", "-2147483648"),
                Arguments.of(IntegerCodec.INT32, "00000102", "02010000", "258"),
                Arguments.of(IntegerCodec.UINT32, "ffffffff", "ffffffff", "4294967295"),
                Arguments.of(IntegerCodec.INT64, "8000000000000000", "0000000000000080", "-9223372036854775808"),
                Arguments.of(IntegerCodec.INT64, "ffffffffffffffff", "ffffffffffffffff", "-1"),
                Arguments.of(new FloatCodec(), "80000000", "00000080", "-0.0"),
                Arguments.of(new FloatCodec(), "7fc00000", "0000c07f", "NaN"),
                Arguments.of(new DoubleCodec(), "fff0000000000000", "000000000000f0ff", "-Infinity"),
                Arguments.of(new DoubleCodec(), "3ff8000000000000", "000000000000f83f", "1.5"),
                Arguments.of(BooleanCodec.BOOL, "01", "01", "true"),
                Arguments.of(BooleanCodec.BOOL, "00", "00", "false"),
                Arguments.of(TextCodec.PLAIN, "", "00", ""),
                Arguments.of(TextCodec.PLAIN, "c3bc00", "03c3bc00", "ü\0"),
                Arguments.of(TextCodec.PLAIN, "61".repeat(300), "ac02" + "61".repeat(300), "a".repeat(300)),
                Arguments.of(TextCodec.VERSIONED, "01 7b7d", "027b7d", "{}"),
                Arguments.of(new BytesCodec(), "00ff", "0200ff", "\\x00ff"),
                Arguments.of(
                        new UuidCodec(),
                        "0123456789abcdef 0011223344556677",
                        "efcdab8967452301 7766554433221100",
                        "01234567-89ab-cdef-0011-223344556677"),
                Arguments.of(new MoneyCodec(2), "ffffffffffffff9c", "9cffffffffffffff ffffffffffffffff", "-1.00"),
                Arguments.of(new DateCodec(WIDE), "00000000", "cd2a0000", "2000-01-01"),
                Arguments.of(new DateCodec(WIDE), "ffffd532", "ffffffff", "1969-12-31"),
                Arguments.of(
                        new TimestampCodec(WIDE, false),
                        "0000000000000001",
                        "01e0373b015d0300",
                        "2000-01-01 00:00:00.000001"),
                Arguments.of(
                        new TimestampCodec(WIDE, true),
                        "fffca2fec4c82000",
                        "0000000000000000",
                        "1970-01-01 00:00:00+00"),
                Arguments.of(new TimeCodec(), "0000000000000000", "08" + ascii("00:00:00"), "00:00:00"),
                Arguments.of(new TimeCodec(), "000000141dd76000", "08" + ascii("24:00:00"), "24:00:00"),
                Arguments.of(new TimeCodec(), "00000000000493e0", "0a" + ascii("00:00:00.3"), "00:00:00.3"));
    }

    private static String ascii(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @MethodSource("values")
    void encodesExactly(Codec codec, String value, String expected, String text) {
        assertEquals(Values.plain(expected), Values.encoded(codec, value));
    }

    @ParameterizedTest
    @MethodSource("values")
    void showsTheValue(Codec codec, String value, String expected, String text) {
        assertEquals(text, Values.text(codec, value));
    }

    static Stream<Arguments> refused() {
        Codec date = new DateCodec(NARROW);
        Codec timestamp = new TimestampCodec(NARROW, false);
        return Stream.of(
                Arguments.of(date, "7fffffff", "infinity"),
                Arguments.of(date, "80000000", "-infinity"),
                Arguments.of(date, "ffff7153", "1899-12-31"),
                Arguments.of(date, "0001ac05", "2300-01-01"),
                Arguments.of(timestamp, "7fffffffffffffff", "infinity"),
                Arguments.of(timestamp, "8000000000000000", "-infinity"),
                Arguments.of(timestamp, "7ffffffffffffffe", "294277-01-09 04:00:54.775806"),
                Arguments.of(DecimalCodec.of(10, 2), "0000 0000 c000 0000", "NaN"),
                Arguments.of(DecimalCodec.of(10, 2), "0000 0000 d000 0020", "Infinity"),
                Arguments.of(DecimalCodec.of(10, 2), "0000 0000 f000 0020", "-Infinity"),
                Arguments.of(DecimalCodec.of(4, 2), "0001 0000 0000 0000 0064", "100"),
                Arguments.of(DecimalCodec.of(4, 2), "0001 ffff 4000 0003 0032", "-0.005"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesWhatDoesNotFit(Codec codec, String value, String text) {
        assertThrows(RefusedValue.class, () -> Values.encoded(codec, value));
        assertEquals(text, Values.text(codec, value));
    }

    @Test
    void putsTheLowBytesOfAVersionFirst() {
        assertEquals(
                "0807060504030201" + "efcdab8967452301",
                Values.encoded(new VersionCodec(), "0123456789abcdef" + "0102030405060708"));
        assertEquals("18446744073709551618", Values.text(new VersionCodec(), "0000000000000001" + "0000000000000002"));
    }

    @Test
    void holdsTheOutermostDaysOfTheServer() {
        assertEquals(littleEndian(-25567), Values.encoded(new DateCodec(NARROW), "ffff7154"));
        assertEquals(littleEndian(120529), Values.encoded(new DateCodec(NARROW), "0001ac04"));
    }

    private static String littleEndian(int value) {
        return "%08x".formatted(Integer.reverseBytes(value));
    }

    @Test
    void namesTheZoneWhereTheServerHasAnother() {
        TimeLimits elsewhere = TimeLimits.ofDays(LocalDate.of(1, 1, 1), LocalDate.of(9999, 12, 31), false);
        assertEquals("DateTime64(6)", new TimestampCodec(WIDE, false).clickhouseType());
        assertEquals("DateTime64(6, 'UTC')", new TimestampCodec(elsewhere, false).clickhouseType());
        assertEquals("DateTime64(6, 'UTC')", new TimestampCodec(WIDE, true).clickhouseType());
    }
}
