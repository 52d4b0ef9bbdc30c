package millrace.loader.run;

import java.io.IOException;
import millrace.loader.plan.Extent;
import millrace.loader.plan.Slice;
import millrace.loader.plan.TableSpec;

/** Reads slices of a snapshot, one after the other. */
public interface SnapshotReader extends AutoCloseable {
    /**
     * Sends the rows of one slice that travel, and returns how many the server says it sent.
     *
     * @throws IOException what the consumer threw
     */
    long copy(TableSpec table, Extent extent, Slice slice, RowConsumer rows) throws IOException;

    /** Whether the table has rows that the last load may have seen; false of one that was emptied since. */
    boolean hasFormerRows(TableSpec table, Extent.SinceLast since);

    /** Whether the table has rows below those that an incremental load looks at. */
    boolean hasRowsBelow(TableSpec table, Extent.Floor floor);

    /** Lets somebody else read. */
    @Override
    void close();
}
