package millrace.contract.pipeline;

/** What becomes of a value that its target type cannot hold. */
public enum OnRefusal {
    /** The load stops and names it. */
    STOP,
    /** It becomes NULL, and is counted. */
    NULL,
    /** The column becomes a String of the values' texts; those that would not have fit are counted. */
    TEXT,
    /** Of an array column: NULL becomes the empty array, and is counted. */
    EMPTY,
    /** Of a table that is followed: its row is kept, but not shown to readers, until it has another value. */
    QUARANTINE
}
