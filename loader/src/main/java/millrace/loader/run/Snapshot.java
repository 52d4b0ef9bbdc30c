package millrace.loader.run;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.contract.pipeline.TableName;
import millrace.loader.plan.ColumnSpec;
import millrace.loader.plan.SourceMoment;
import millrace.loader.plan.SourceTable;
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

    /** Makes this run the only one that loads the targets, until the snapshot is closed. Returns one that another run has. */
    Optional<TableName> claim(Collection<TableName> targets);

    /** Which moment it is. */
    SourceMoment moment();

    /** Says how many copies there will be at the same time, so that connections for them can be opened meanwhile. */
    void announce(int copies);

    /**
     * A value as both servers read it.
     *
     * @param text as a user wrote it
     * @throws millrace.contract.failure.Failure when the column's type has no such value
     */
    String canonical(ColumnSpec column, String text);

    /** What is wrong with the condition by which a table's rows are chosen: a sentence of the source's; empty when nothing is. */
    Optional<String> objection(TableSpec table);

    /** A reader for one thread; waits for one that is done when the source has no more to spare. */
    SnapshotReader reader();

    /** Why there were fewer readers than announced: a sentence; empty when there were as many. */
    Optional<String> shortage();

    /**
     * Hashes the tables of this moment.
     *
     * @param workers how many slices are read at the same time
     */
    Fingerprints fingerprints(int workers);

    /**
     * Looks whether the other loads of the run can still read this moment.
     *
     * @throws millrace.contract.failure.Failure when they cannot, because the process that held it is gone
     */
    void confirm();

    /** Ends whatever copies are under way; they fail. */
    void cancel();

    @Override
    void close();
}
