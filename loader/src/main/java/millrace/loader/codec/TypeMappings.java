package millrace.loader.codec;

import static java.util.Objects.requireNonNull;

/**
 * Which codec each Postgres type has: the whole mapping.
 *
 * @param limits what the ClickHouse server's date types hold
 * @param moneyScale digits after the point of the source's money type
 */
public record TypeMappings(TimeLimits limits, int moneyScale) {
    /** Length of the header that Postgres counts into a type modifier. */
    private static final int MODIFIER_HEADER = 4;

    public TypeMappings {
        requireNonNull(limits, "limits is null");
    }

    public Mapping of(PostgresType type) {
        if (type.element().isPresent()) {
            return array(type);
        }
        if (type.kind() == 'e') {
            return Mapping.binary(TextCodec.PLAIN);
        }
        return type.builtIn() ? builtIn(type) : extension(type);
    }

    private Mapping builtIn(PostgresType type) {
        return switch (type.name()) {
            case "int2" -> Mapping.binary(IntegerCodec.INT16);
            case "int4" -> Mapping.binary(IntegerCodec.INT32);
            case "int8" -> Mapping.binary(IntegerCodec.INT64);
            case "oid", "xid", "cid" -> Mapping.binary(IntegerCodec.UINT32);
            case "float4" -> Mapping.binary(new FloatCodec());
            case "float8" -> Mapping.binary(new DoubleCodec());
            case "numeric" -> numeric(type.modifier());
            case "money" -> Mapping.binary(new MoneyCodec(moneyScale));
            case "bool" -> Mapping.binary(BooleanCodec.BOOL);
            case "text", "varchar", "bpchar", "name", "json" -> Mapping.binary(TextCodec.PLAIN);
            case "jsonb" -> Mapping.binary(TextCodec.VERSIONED);
            case "bytea" -> Mapping.binary(new BytesCodec());
            case "uuid" -> Mapping.binary(new UuidCodec());
            case "date" -> Mapping.binary(new DateCodec(limits));
            case "timestamp" -> Mapping.binary(new TimestampCodec(limits, false));
            case "timestamptz" -> Mapping.binary(new TimestampCodec(limits, true));
            case "time" -> Mapping.binary(new TimeCodec());
            default -> Mapping.TEXT;
        };
    }

    private static Mapping extension(PostgresType type) {
        return type.name().equals("citext") ? Mapping.binary(TextCodec.PLAIN) : Mapping.TEXT;
    }

    /** numeric(p, s) where a Decimal has as many digits; s may be negative or more than p since Postgres 15. */
    private static Mapping numeric(int modifier) {
        if (modifier < 0) {
            return Mapping.TEXT;
        }
        int precision = (modifier - MODIFIER_HEADER) >> 16 & 0xFFFF;
        int scale = ((modifier - MODIFIER_HEADER & 0x7FF) ^ 0x400) - 0x400;
        int digits = Math.max(scale < 0 ? precision - scale : precision, scale);
        return digits > DecimalCodec.MAX_DIGITS
                ? Mapping.TEXT
                : Mapping.binary(DecimalCodec.of(digits, Math.max(scale, 0)));
    }

    private Mapping array(PostgresType type) {
        Mapping element = of(type.element().orElseThrow());
        return element.asText() || element.codec() instanceof ArrayCodec
                ? Mapping.TEXT
                : Mapping.binary(new ArrayCodec(element.codec(), Math.max(type.dimensions(), 1), true));
    }
}
