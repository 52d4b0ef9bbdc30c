package millrace.loader.verify;

import static java.util.Objects.requireNonNull;

import java.util.List;
import millrace.loader.plan.TableName;

/**
 * What the comparison of one table found.
 *
 * @param sourceRows rows counted in the source, of the buckets compared
 * @param targetRows rows counted in the target, of the buckets compared
 * @param differences the first of them; none when source and target hold the same
 */
public record TableComparison(
        TableName source, TableName target, long sourceRows, long targetRows, List<Difference> differences) {
    public TableComparison {
        requireNonNull(source, "source is null");
        requireNonNull(target, "target is null");
        differences = List.copyOf(differences);
    }

    public boolean same() {
        return differences.isEmpty();
    }
}
