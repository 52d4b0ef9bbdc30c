package millrace.loader.run;

import java.util.List;
import millrace.contract.pipeline.TableName;

/** Rows on their way to a table: nobody sees them before they are published. */
public interface Staging extends AutoCloseable {
    /** Adds rows. Several threads may write at the same time. */
    void write(RowWriter rows);

    /** How many rows the server holds. */
    long rows();

    /** Why the server holds fewer rows than were written, as its log tells it; empty where it tells nothing. */
    String refusal();

    /** Takes away rows whose key the target has already, where rows are added to it, and says which they were. */
    KnownRows removeKnown();

    /**
     * Makes the table complete that will be published, and returns how many rows it has.
     *
     * @param rows how many of them have travelled
     */
    long prepare(long rows);

    /** The name of the table that is about to be published, once it is complete. */
    TableName complete();

    /** What people should know of this publication; parts of a sentence. */
    List<String> notes();

    /** Removes what is not published. */
    @Override
    void close();
}
