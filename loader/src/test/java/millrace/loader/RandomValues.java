package millrace.loader;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Random values of Postgres types, as the literals that Postgres reads. Small and large ones are equally likely. */
public final class RandomValues {
    private RandomValues() {}

    /** By the names of the types in {@link TypeCases}. */
    public static Map<String, Function<Random, String>> scalars() {
        Map<String, Function<Random, String>> values = new LinkedHashMap<>();
        values.put("smallint", random -> whole(random, 15));
        values.put("integer", random -> whole(random, 31));
        values.put("bigint", random -> whole(random, 63));
        values.put("oid", random -> Integer.toUnsignedString(random.nextInt()));
        values.put("real", random -> Float.toString(Float.intBitsToFloat(random.nextInt())));
        values.put("double precision", random -> Double.toString(Double.longBitsToDouble(random.nextLong())));
        values.put("numeric(4,1)", random -> decimal(random, 4, 1));
        values.put("numeric(10,2)", random -> decimal(random, 10, 2));
        values.put("numeric(18,0)", random -> decimal(random, 18, 0));
        values.put("numeric(18,18)", random -> decimal(random, 18, 18));
        values.put("numeric(38,10)", random -> decimal(random, 38, 10));
        values.put("numeric(76,30)", random -> decimal(random, 76, 30));
        values.put("numeric(5,-2)", random -> decimal(random, 5, -2));
        values.put("numeric(2,5)", random -> decimal(random, 2, 5));
        values.put("money", random -> BigDecimal.valueOf(random.nextLong(), 2).toPlainString());
        values.put("numeric", random -> decimal(random, 1 + random.nextInt(200), random.nextInt(100)));
        values.put("boolean", random -> Boolean.toString(random.nextBoolean()));
        values.put("text", random -> text(random, 60));
        values.put("varchar(5000)", random -> text(random, 500));
        values.put("char(9)", random -> text(random, 10));
        values.put("name", random -> text(random, 16));
        values.put("citext", random -> text(random, 20));
        values.put("json", random -> "{\"a\" :[" + random.nextDouble() + ", \"" + bytes(random) + "\"]}");
        values.put("jsonb", random -> "{\"b\": " + decimal(random, 50, 20) + ", \"a\": \"" + bytes(random) + "\"}");
        values.put("bytea", random -> "\\x" + bytes(random));
        values.put("uuid", random -> new UUID(random.nextLong(), random.nextLong()).toString());
        values.put("time", RandomValues::time);
        values.put(
                "interval",
                random -> whole(random, 20) + " months " + whole(random, 20) + " days " + whole(random, 50)
                        + " microseconds");
        values.put("date", random -> date(random, LocalDate.of(1, 1, 1), LocalDate.of(9999, 12, 31)));
        values.put("timestamp", random -> moment(random, 6));
        values.put("timestamptz", random -> moment(random, 6) + "Z");
        return values;
    }

    public static String array(Random random, Function<Random, String> element) {
        return IntStream.range(0, random.nextInt(6))
                .mapToObj(i -> random.nextInt(5) == 0 ? "NULL" : quoted(element.apply(random)))
                .collect(Collectors.joining(",", "{", "}"));
    }

    public static String table(Random random, Function<Random, String> element) {
        int width = 1 + random.nextInt(4);
        return IntStream.range(0, random.nextInt(4))
                .mapToObj(i -> Stream.generate(() -> quoted(element.apply(random)))
                        .limit(width)
                        .collect(Collectors.joining(",", "{", "}")))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String quoted(String element) {
        return '"' + element.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Of at most so many bits beside the sign. */
    static String whole(Random random, int bits) {
        BigInteger value = new BigInteger(random.nextInt(bits + 1), random);
        return (random.nextBoolean() ? value : value.not()).toString();
    }

    static String decimal(Random random, int precision, int scale) {
        BigInteger units = new BigInteger(random.nextInt(4 * precision), random)
                .mod(BigInteger.TEN.pow(1 + random.nextInt(precision)));
        return new BigDecimal(random.nextBoolean() ? units : units.negate(), scale).toPlainString();
    }

    /** Any characters but the one that Postgres has no place for. */
    static String text(Random random, int below) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(below); left > 0; left--) {
            int bits = 7 + random.nextInt(15);
            int character = 1 + random.nextInt(Math.min(1 << bits, Character.MAX_CODE_POINT));
            text.appendCodePoint(character >= 0xD800 && character < 0xE000 ? ' ' : character);
        }
        return text.toString();
    }

    private static String bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    static String date(Random random, LocalDate first, LocalDate last) {
        return LocalDate.ofEpochDay(random.nextLong(first.toEpochDay(), last.toEpochDay() + 1))
                .toString();
    }

    private static String time(Random random) {
        return random.nextInt(50) == 0
                ? "24:00"
                : LocalTime.ofNanoOfDay(random.nextLong(86_400_000_000L) * 1000).toString();
    }

    /** Between the years 1 and 9999, with so many digits of a second at most. */
    static String moment(Random random, int digits) {
        long seconds = random.nextLong(-62_135_596_800L, 253_402_300_800L);
        int unit = (int) Math.pow(10, 9 - digits);
        int nanos = random.nextInt((int) Math.pow(10, digits)) * unit;
        return LocalDateTime.ofEpochSecond(seconds, nanos, ZoneOffset.UTC)
                .toString()
                .replace('T', ' ');
    }
}
