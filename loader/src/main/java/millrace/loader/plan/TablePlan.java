package millrace.loader.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What a load will do with one table.
 *
 * @param estimatedRows how many rows will travel, by the source's own estimate; -1 when there is none
 * @param before the table that the target has already
 * @param changes how its columns differ from those that it will have
 * @param state up to where an incremental table will have been loaded
 */
public record TablePlan(
        TableSpec spec,
        List<Slice> slices,
        long estimatedRows,
        Extent extent,
        Optional<TargetTable> before,
        List<ShapeChange> changes,
        Optional<SyncState> state) {
    public TablePlan {
        requireNonNull(spec, "spec is null");
        slices = List.copyOf(slices);
        requireNonNull(extent, "extent is null");
        requireNonNull(before, "before is null");
        changes = List.copyOf(changes);
        requireNonNull(state, "state is null");
    }

    /** A plan for all rows that knows nothing of the target. */
    public static TablePlan whole(TableSpec spec, List<Slice> slices, long estimatedRows) {
        return new TablePlan(
                spec, slices, estimatedRows, new Extent.Everything(), Optional.empty(), List.of(), Optional.empty());
    }
}
