package millrace.loader.codec;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which other ClickHouse types a column may become: the whole set. Each keeps a value exactly or refuses it.
 *
 * @param usual what columns become without being asked
 */
public record TypeOverrides(TypeMappings usual) {
    /** What messages and the documentation call the possible types, and one of each to try. */
    private static final Map<String, String> SAMPLES = samples();

    private static final String HEAD = "Array(";

    public TypeOverrides {
        requireNonNull(usual, "usual is null");
    }

    private static Map<String, String> samples() {
        Map<String, String> samples = new LinkedHashMap<>();
        for (IntegerType integer : IntegerType.values()) {
            samples.put(integer.label(), integer.label());
        }
        samples.put("Decimal(P, S)", "Decimal(76,0)");
        samples.put("Float64", "Float64");
        samples.put("Date", "Date");
        samples.put("Date32", "Date32");
        samples.put("DateTime", "DateTime");
        samples.put("DateTime('Zone')", "DateTime('Europe/Berlin')");
        samples.put("DateTime64(0 to 6)", "DateTime64(0)");
        samples.put("DateTime64(0 to 6, 'Zone')", "DateTime64(0,'Europe/Berlin')");
        samples.put("String", "String");
        samples.put("LowCardinality(String)", "LowCardinality(String)");
        samples.put("FixedString(N)", "FixedString(1)");
        return samples;
    }

    /** How a column of the type becomes the target; empty when it cannot. */
    public Optional<Mapping> of(PostgresType type, String target) {
        String wanted = target.replace(" ", "");
        return type.element().isPresent() && wanted.startsWith(HEAD) ? array(type, wanted) : scalar(type, wanted);
    }

    /** All possible targets as messages write them, the usual one first. */
    public List<String> possible(PostgresType type) {
        return Stream.concat(Stream.of(usual.of(type).codec().clickhouseType()), chosen(type).stream())
                .distinct()
                .toList();
    }

    /** The targets that a pipeline file may name, as messages and the documentation write them. */
    List<String> chosen(PostgresType type) {
        List<String> chosen = new ArrayList<>();
        SAMPLES.forEach((label, sample) -> {
            if (of(type, sample).isPresent()) {
                chosen.add(label);
            }
        });
        if (hasArrays(type)) {
            chosen.addAll(List.of("Array(T)", "Array(Nullable(T))", "Array(Array(T))"));
        }
        return chosen;
    }

    private boolean hasArrays(PostgresType type) {
        return SAMPLES.values().stream()
                .anyMatch(sample -> of(type, "Array(" + sample + ")").isPresent());
    }

    /**
     * As many dimensions as the file names: those that a column declares bind no value, and views and tables made by a query
     * declare none (PostgreSQL documentation, "Declaration of Array Types").
     */
    private Optional<Mapping> array(PostgresType type, String wanted) {
        int dimensions = 0;
        String inner = wanted;
        while (inner.startsWith(HEAD) && inner.endsWith(")")) {
            inner = inner.substring(HEAD.length(), inner.length() - 1);
            dimensions++;
        }
        if (dimensions > ArrayCodec.MAX_DIMENSIONS) {
            return Optional.empty();
        }
        int depth = dimensions;
        boolean nullable = inner.startsWith("Nullable(") && inner.endsWith(")");
        String leaf = nullable ? inner.substring("Nullable(".length(), inner.length() - 1) : inner;
        return scalar(type.element().orElseThrow(), leaf)
                .filter(element -> !element.asText() && !element.dictionary())
                .map(element -> Mapping.binary(new ArrayCodec(element.codec(), depth, nullable)));
    }

    private Optional<Mapping> scalar(PostgresType type, String wanted) {
        Mapping own = usual.of(type);
        if (own.codec().clickhouseType().replace(" ", "").equals(wanted)) {
            return Optional.of(own);
        }
        return TargetType.parse(wanted).flatMap(target -> chosen(type, own, target));
    }

    private Optional<Mapping> chosen(PostgresType type, Mapping own, TargetType target) {
        if (target instanceof TargetType.Text) {
            return Optional.of(Mapping.TEXT);
        }
        if (target instanceof TargetType.Dictionary) {
            boolean isString = own.codec().clickhouseType().equals("String");
            return Optional.of((isString ? own : Mapping.TEXT).inDictionary());
        }
        return codec(type, own, target).map(Mapping::binary);
    }

    private Optional<Codec> codec(PostgresType type, Mapping own, TargetType target) {
        if (type.builtIn() && type.name().equals("numeric")) {
            return numeric(target);
        }
        if (own.asText()) {
            return Optional.empty();
        }
        Codec codec = own.codec();
        if (codec instanceof IntegerCodec integer) {
            return integer(integer, target);
        } else if (codec instanceof TimestampCodec timestamp) {
            return timestamp(timestamp, target);
        } else if (codec instanceof DateCodec date) {
            return target instanceof TargetType.ShortDate ? Optional.of(new ShortDateCodec(date)) : Optional.empty();
        } else if (codec instanceof BooleanCodec) {
            boolean isByte = target.equals(new TargetType.Whole(IntegerType.UINT8));
            return isByte ? Optional.of(BooleanCodec.UINT8) : Optional.empty();
        } else if (codec instanceof FloatCodec) {
            return target instanceof TargetType.WideFloat ? Optional.of(new WidenedFloatCodec()) : Optional.empty();
        } else if (codec.equals(TextCodec.PLAIN) || codec instanceof BytesCodec) {
            return target instanceof TargetType.Fixed fixed
                    ? Optional.of(new FixedCodec(codec, fixed.bytes()))
                    : Optional.empty();
        }
        return Optional.empty();
    }

    private static Optional<Codec> numeric(TargetType target) {
        if (target instanceof TargetType.Decimal decimal) {
            return Optional.of(DecimalCodec.of(decimal.precision(), decimal.scale()));
        }
        return target instanceof TargetType.Whole whole
                ? Optional.of(new WholeNumericCodec(whole.type()))
                : Optional.empty();
    }

    private static Optional<Codec> integer(IntegerCodec source, TargetType target) {
        if (target instanceof TargetType.Decimal decimal) {
            return Optional.of(new IntegerDecimalCodec(source, DecimalCodec.of(decimal.precision(), decimal.scale())));
        }
        return target instanceof TargetType.Whole whole && whole.type().width() <= Long.BYTES
                ? Optional.of(new ResizedIntegerCodec(source, whole.type()))
                : Optional.empty();
    }

    /** A clock on the wall has no zone, so a type with one would say that it has. */
    private Optional<Codec> timestamp(TimestampCodec source, TargetType target) {
        if (target instanceof TargetType.Seconds seconds && fits(source, seconds.zone())) {
            return Optional.of(TickCodec.seconds(source, zone(source, seconds.zone())));
        }
        return target instanceof TargetType.Ticks ticks && fits(source, ticks.zone())
                ? Optional.of(TickCodec.digits(source, ticks.digits(), zone(source, ticks.zone())))
                : Optional.empty();
    }

    private static boolean fits(TimestampCodec source, String zone) {
        return source.withZone() || zone.isEmpty() || zone.equals("UTC");
    }

    /** Where none is named, that of the usual type. */
    private static String zone(TimestampCodec source, String named) {
        boolean usuallyUtc = source.withZone() || !source.limits().utc();
        return named.isEmpty() && usuallyUtc ? "UTC" : named;
    }
}
