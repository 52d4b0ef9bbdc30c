package millrace.loader.codec;

/** The form in which values are compared: what Postgres shows of a value must be what ClickHouse makes of its own. */
public enum Canonical {
    /** The text of the type itself is the same on both sides. */
    PLAIN,
    /** Already text in ClickHouse. */
    TEXT,
    /** t or f. */
    BOOLEAN,
    /** Hexadecimal digits of the bytes. */
    BYTES,
    /** Hexadecimal digits of the bits. */
    FLOAT,
    /** A number without zeros at the end of its fraction. */
    DECIMAL,
    /** The same, of a type that Postgres shows with a currency. */
    MONEY,
    /** A day of the calendar. */
    DATE,
    /** Date and time of UTC with six digits of a second. */
    TIMESTAMP,
    /** The same, of a ClickHouse type that counts seconds. */
    SECONDS,
    /** Its dimensions, then its elements. */
    ARRAY
}
