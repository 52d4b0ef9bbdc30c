package millrace.loader.verify;

import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import millrace.contract.pipeline.TableName;
import millrace.loader.plan.TablePlan;
import millrace.loader.plan.TableSpec;

/**
 * Hashes the rows of a table on one side. Two implementations agree on rows that hold the same values: a row's hash is that of
 * all its values, as {@link Frames} writes them, so that values swapped between rows show too.
 */
public interface Fingerprints {
    /** What messages call the table here. */
    TableName name(TableSpec table);

    /**
     * How the table's columns are not those that it should have; then its rows cannot be hashed.
     *
     * @throws millrace.contract.failure.Failure when there is no such table
     */
    List<Difference> misfits(TableSpec table);

    /**
     * Sums up all rows of the buckets below an end.
     *
     * @param progress is told, by any thread, how many more rows have been hashed
     */
    BucketSums sums(TablePlan table, int end, LongConsumer progress);

    /** The rows of some buckets. */
    List<RowPrint> rows(TablePlan table, Set<Integer> buckets);
}
