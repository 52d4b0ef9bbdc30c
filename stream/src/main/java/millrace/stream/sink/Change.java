package millrace.stream.sink;

/**
 * A change as the stream brought it, with its place among all changes.
 *
 * @param kind I, U or D
 * @param offset where, in the message, its tuples begin
 * @param length how far they reach
 * @param commitLsn where the commit of its transaction lies in the log
 * @param ordinal its place within the transaction
 * @param commitMicros when the transaction was committed, in microseconds since 2000-01-01 00:00 UTC
 */
public record Change(
        char kind, byte[] message, int offset, int length, long commitLsn, int ordinal, long commitMicros) {
    /** Each change may make two rows, one that goes and one that comes. */
    public int versionOfOld() {
        return 2 * ordinal;
    }

    public int versionOfNew() {
        return 2 * ordinal + 1;
    }
}
