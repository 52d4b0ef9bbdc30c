package millrace.loader.verify;

import java.util.List;
import millrace.loader.plan.TableName;
import millrace.loader.plan.TableSpec;

/**
 * Hashes a table where it is stored. Two implementations agree on rows that hold the same values: a cell's hash is that of
 * its row's key and its own value, so that values swapped between rows show too.
 */
public interface Fingerprints {
    /** The buckets that have rows. */
    List<BucketSum> buckets(TableSpec table, Buckets buckets);

    /** The rows of one bucket. */
    List<RowPrint> rows(TableSpec table, Buckets buckets, String bucket);

    /** What messages call the table here. */
    TableName name(TableSpec table);
}
