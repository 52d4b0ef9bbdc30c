package millrace.loader.run;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import millrace.contract.pipeline.TableName;
import millrace.loader.plan.Extent;
import millrace.loader.plan.Slice;
import millrace.loader.plan.TableSpec;

/** Where tables come from. */
public interface Source {
    /** The tables that patterns can match: those with rows of their own, and partitioned ones. */
    List<TableName> tables();

    /** Fixes one moment of the source for all of these tables. Those that do not exist are left out of the snapshot. */
    Snapshot open(Collection<TableName> tables);

    /** Ends an open that is under way; it fails. */
    void cancel();

    /**
     * Holds one moment of these tables for every process of the run.
     *
     * @param patience how long processes of the run that were told to end are given to do so
     * @throws millrace.contract.failure.Failure when another process holds one for the run, or still reads one
     */
    HeldSnapshot hold(RunName run, Collection<TableName> tables, Duration patience);

    /**
     * The same source at the moment that a process of the run holds.
     *
     * @param patience how long open waits for that process
     * @param waiting is told, once, that open waits
     */
    Source sharing(RunName run, Duration patience, Runnable waiting);

    /** The statement that reads a slice, for people. */
    String statement(TableSpec table, Extent extent, Slice slice);
}
