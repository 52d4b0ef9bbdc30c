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
 * @param mark what the target will say of itself; empty until it is known what the target has
 */
public record TablePlan(
        TableSpec spec,
        List<Slice> slices,
        long estimatedRows,
        Extent extent,
        Optional<TargetTable> before,
        List<ShapeChange> changes,
        Optional<TargetMark> mark) {
    public TablePlan {
        requireNonNull(spec, "spec is null");
        slices = List.copyOf(slices);
        requireNonNull(extent, "extent is null");
        requireNonNull(before, "before is null");
        changes = List.copyOf(changes);
        requireNonNull(mark, "mark is null");
    }

    /** A plan for all rows that knows nothing of the target. */
    public static TablePlan whole(TableSpec spec, List<Slice> slices, long estimatedRows) {
        return new TablePlan(
                spec, slices, estimatedRows, new Extent.Everything(), Optional.empty(), List.of(), Optional.empty());
    }

    /** Whether the target's place is taken by a table that is not the loader's own. */
    public boolean adopts() {
        return before.isPresent()
                && mark.filter(own -> !new Ownership(own.pipeline(), spec, before.get()).isOurs())
                        .isPresent();
    }
}
