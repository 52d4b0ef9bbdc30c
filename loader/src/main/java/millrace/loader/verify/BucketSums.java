package millrace.loader.verify;

import java.util.ArrayList;
import java.util.List;

/**
 * The rows of a table, counted and summed up by bucket, so that their order is of no account. A row's hash has 128 bits, as has
 * the sum. Not safe for use by several threads.
 */
public final class BucketSums {
    private final long[] rows = new long[Buckets.COUNT];
    private final long[] high = new long[Buckets.COUNT];
    private final long[] low = new long[Buckets.COUNT];

    public void add(int bucket, long count, long moreHigh, long moreLow) {
        rows[bucket] += count;
        long sum = low[bucket] + moreLow;
        long carry = Long.compareUnsigned(sum, moreLow) < 0 ? 1 : 0;
        low[bucket] = sum;
        high[bucket] += moreHigh + carry;
    }

    public void add(BucketSums other) {
        for (int bucket = 0; bucket < Buckets.COUNT; bucket++) {
            add(bucket, other.rows[bucket], other.high[bucket], other.low[bucket]);
        }
    }

    /** How many rows there are in all. */
    public long rows() {
        long all = 0;
        for (long count : rows) {
            all += count;
        }
        return all;
    }

    long rows(int bucket) {
        return rows[bucket];
    }

    /** The buckets that hold other rows there. */
    List<Integer> differing(BucketSums other) {
        List<Integer> differing = new ArrayList<>();
        for (int bucket = 0; bucket < Buckets.COUNT; bucket++) {
            if (rows[bucket] != other.rows[bucket]
                    || high[bucket] != other.high[bucket]
                    || low[bucket] != other.low[bucket]) {
                differing.add(bucket);
            }
        }
        return differing;
    }
}
