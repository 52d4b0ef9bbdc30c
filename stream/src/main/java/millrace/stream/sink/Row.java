package millrace.stream.sink;

import static java.util.Objects.requireNonNull;

import millrace.stream.protocol.Image;

/**
 * A row on its way into the table of changes.
 *
 * @param removed whether it says that a row is no more
 * @param ordinal with the commit's place in the log, its version
 * @param base what had the key before the batch, where large values are taken from; null when all are known
 */
record Row(Image image, boolean removed, long commitLsn, int ordinal, long commitMicros, Image base) {
    Row {
        requireNonNull(image, "image is null");
    }

    Row(Image image, boolean removed, Change change) {
        this(
                image,
                removed,
                change.commitLsn(),
                removed ? change.versionOfOld() : change.versionOfNew(),
                change.commitMicros(),
                null);
    }

    Row on(Image found) {
        return new Row(image, removed, commitLsn, ordinal, commitMicros, found);
    }
}
