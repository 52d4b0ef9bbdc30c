package millrace.loader.verify;

import static java.util.Objects.requireNonNull;

import java.math.BigInteger;
import java.util.List;

/**
 * Some rows of a table, summed up so that their order is of no account.
 *
 * @param bucket the first hexadecimal digits of the rows' hashed keys
 * @param sums for each column the sum of its hashed values
 */
public record BucketSum(String bucket, long rows, List<BigInteger> sums) {
    public BucketSum {
        requireNonNull(bucket, "bucket is null");
        sums = List.copyOf(sums);
    }
}
