package millrace.loader.run;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import millrace.loader.plan.Slice;
import millrace.loader.plan.SourceTable;
import millrace.loader.plan.TableName;
import millrace.loader.plan.TableSpec;
import millrace.loader.verify.Fingerprints;

/** One moment of the source: everything read from it is of that moment. Safe for use by several threads. */
public interface Snapshot extends AutoCloseable {
    /** The tables that exist, by name. */
    Map<TableName, SourceTable> tables();

    /** The names of all tables of a schema, for suggestions. */
    List<String> tableNames(String schema);

    /** Digits after the point of the source's money type. */
    int moneyScale();

    /** Makes this run the only one that loads the target, until the snapshot is closed. False: another run has it. */
    boolean claim(TableName target);

    /**
     * Sends the rows of one slice, and returns how many the server says it sent.
     *
     * @throws IOException what the consumer threw
     */
    long copy(TableSpec table, Slice slice, RowConsumer rows) throws IOException;

    /** Hashes the tables of this moment. */
    Fingerprints fingerprints();

    /** Ends whatever copies are under way; they fail. */
    void cancel();

    @Override
    void close();
}
