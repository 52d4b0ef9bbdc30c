package millrace.loader.codec;

import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A ClickHouse type that a pipeline file asks for, of those that some column may become. Arrays are made of them. */
sealed interface TargetType {
    record Text() implements TargetType {}

    record Dictionary() implements TargetType {}

    record Fixed(int bytes) implements TargetType {}

    record Whole(IntegerType type) implements TargetType {}

    record Decimal(int precision, int scale) implements TargetType {}

    record WideFloat() implements TargetType {}

    record ShortDate() implements TargetType {}

    /** @param zone empty for none */
    record Seconds(String zone) implements TargetType {}

    /** @param zone empty for none */
    record Ticks(int digits, String zone) implements TargetType {}

    Pattern FIXED = Pattern.compile("FixedString\\((\\d{1,7})\\)");
    Pattern DECIMAL = Pattern.compile("Decimal\\((\\d{1,3})(?:,(\\d{1,3}))?\\)");
    Pattern SECONDS = Pattern.compile("DateTime(?:\\('([^']+)'\\))?");
    Pattern TICKS = Pattern.compile("DateTime64\\(([0-6])(?:,'([^']+)')?\\)");

    /** @param type without spaces */
    static Optional<TargetType> parse(String type) {
        for (IntegerType integer : IntegerType.values()) {
            if (integer.label().equals(type)) {
                return Optional.of(new Whole(integer));
            }
        }
        return switch (type) {
            case "String" -> Optional.of(new Text());
            case "LowCardinality(String)" -> Optional.of(new Dictionary());
            case "Float64" -> Optional.of(new WideFloat());
            case "Date" -> Optional.of(new ShortDate());
            default ->
                matched(FIXED, type, TargetType::fixed)
                        .or(() -> matched(DECIMAL, type, TargetType::decimal))
                        .or(() -> matched(SECONDS, type, found -> zone(found, 1).map(Seconds::new)))
                        .or(() -> matched(TICKS, type, TargetType::ticks));
        };
    }

    private static Optional<TargetType> matched(
            Pattern pattern, String type, Function<MatchResult, Optional<? extends TargetType>> made) {
        Matcher matcher = pattern.matcher(type);
        return matcher.matches() ? made.apply(matcher.toMatchResult()).map(Function.identity()) : Optional.empty();
    }

    private static Optional<TargetType> fixed(MatchResult found) {
        int bytes = Integer.parseInt(found.group(1));
        return bytes == 0 ? Optional.empty() : Optional.of(new Fixed(bytes));
    }

    private static Optional<TargetType> decimal(MatchResult found) {
        int precision = Integer.parseInt(found.group(1));
        int scale = found.group(2) == null ? 0 : Integer.parseInt(found.group(2));
        return precision < 1 || precision > DecimalCodec.MAX_DIGITS || scale > precision
                ? Optional.empty()
                : Optional.of(new Decimal(precision, scale));
    }

    private static Optional<TargetType> ticks(MatchResult found) {
        return zone(found, 2).map(zone -> new Ticks(Integer.parseInt(found.group(1)), zone));
    }

    /** A zone that both know, or none. */
    private static Optional<String> zone(MatchResult found, int group) {
        String zone = found.group(group) == null ? "" : found.group(group);
        return zone.isEmpty() || ZoneId.getAvailableZoneIds().contains(zone) ? Optional.of(zone) : Optional.empty();
    }
}
