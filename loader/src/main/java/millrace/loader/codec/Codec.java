package millrace.loader.codec;

/**
 * Turns values of one Postgres type into values of one ClickHouse type, exactly or not at all. A value is a byte range in
 * Postgres' binary send format; where it came from (COPY, a change stream) is of no concern here. Stateless.
 */
public sealed interface Codec
        permits ArrayCodec,
                BooleanCodec,
                BytesCodec,
                DateCodec,
                DecimalCodec,
                DoubleCodec,
                FixedCodec,
                FloatCodec,
                IntegerCodec,
                IntegerDecimalCodec,
                MoneyCodec,
                ResizedIntegerCodec,
                ShortDateCodec,
                ShownCodec,
                TextCodec,
                TickCodec,
                TimeCodec,
                TimestampCodec,
                UuidCodec,
                VersionCodec,
                WholeNumericCodec,
                WidenedFloatCodec {

    /** The ClickHouse type of a column that cannot be NULL. */
    String clickhouseType();

    /**
     * Appends one value that is not NULL.
     *
     * @throws RefusedValue when the ClickHouse type cannot hold exactly this value; nothing has been appended then
     */
    void append(byte[] bytes, int offset, int length, ColumnBuffer out);

    /** Appends what stands in the place of a NULL. */
    void appendDefault(ColumnBuffer out);

    /** The value as a person would recognize it, for messages. */
    String text(byte[] bytes, int offset, int length);

    /** Which values it takes. */
    default ValueRange range() {
        return ValueRange.EVERYTHING;
    }

    /**
     * Does nothing when a value fits.
     *
     * @throws RefusedValue as {@link #append} would
     */
    default void check(byte[] bytes, int offset, int length) {
        append(bytes, offset, length, newBuffer(false));
    }

    /** How its values are written for comparison. */
    Canonical canonical();

    /** Digits after the point of a decimal; 0 of other types. */
    default int scale() {
        return 0;
    }

    /** The codec of an array's elements; of other types the codec itself. */
    default Codec element() {
        return this;
    }

    /** How many levels of arrays there are around its elements; 0 of other types. */
    default int dimensions() {
        return 0;
    }

    /** The bytes of a value that fits always and keeps its bits, in the other byte order: 4 or 8; 0 of other types. */
    default int plainWidth() {
        return 0;
    }

    /** Where the text begins in values that Postgres sends as their text; -1 of those that it sends otherwise. */
    default int textStart() {
        return -1;
    }

    /** Whether ClickHouse lets a column of this type be Nullable. */
    default boolean canBeNullable() {
        return true;
    }

    /** An empty buffer for a column of this type. */
    default ColumnBuffer newBuffer(boolean nullable) {
        return nullable ? ColumnBuffer.nullable() : ColumnBuffer.plain();
    }
}
