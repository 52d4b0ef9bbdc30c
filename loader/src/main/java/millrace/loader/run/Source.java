package millrace.loader.run;

import java.util.Collection;
import java.util.List;
import millrace.loader.plan.Extent;
import millrace.loader.plan.Slice;
import millrace.loader.plan.TableName;
import millrace.loader.plan.TableSpec;

/** Where tables come from. */
public interface Source {
    /** The tables that patterns can match: those with rows of their own, and partitioned ones. */
    List<TableName> tables();

    /** Fixes one moment of the source for all of these tables. Those that do not exist are left out of the snapshot. */
    Snapshot open(Collection<TableName> tables);

    /** The statement that reads a slice, for people. */
    String statement(TableSpec table, Extent extent, Slice slice);
}
