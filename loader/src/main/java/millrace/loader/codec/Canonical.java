package millrace.loader.codec;

/** The form in which both servers can write a value the same way, so that its hash can be compared. */
public enum Canonical {
    /** The text of the type itself is the same on both sides. */
    PLAIN,
    /** Already text in ClickHouse. */
    TEXT,
    /** 0 or 1. */
    BOOLEAN,
    /** Hexadecimal digits of the bytes. */
    BYTES,
    /** Hexadecimal digits of the bits. */
    FLOAT,
    /** With all digits of its scale. */
    DECIMAL,
    /** Without digits after the point. */
    WHOLE,
    /** Days since 1970-01-01. */
    DATE,
    /** Microseconds since 1970-01-01 00:00. */
    TIMESTAMP,
    /** The same, of a ClickHouse type that counts seconds. */
    SECONDS,
    /** The hashes of the elements. */
    ARRAY
}
