package millrace.loader.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * A table that the target has already.
 *
 * @param partitionKey its expression, empty for none
 * @param sortingKey its expression, empty for none
 * @param primaryKey its expression, empty for none
 * @param state of an incremental table, up to where it has been loaded
 */
public record TargetTable(
        List<TargetColumn> columns,
        String partitionKey,
        String sortingKey,
        String primaryKey,
        Optional<SyncState> state) {
    public TargetTable {
        columns = List.copyOf(columns);
        requireNonNull(partitionKey, "partitionKey is null");
        requireNonNull(sortingKey, "sortingKey is null");
        requireNonNull(primaryKey, "primaryKey is null");
        requireNonNull(state, "state is null");
    }
}
