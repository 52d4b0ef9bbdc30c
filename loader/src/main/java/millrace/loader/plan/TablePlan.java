package millrace.loader.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What a load will do with one table.
 *
 * @param estimatedRows the source's own estimate, -1 when it has none
 */
public record TablePlan(TableSpec spec, List<Slice> slices, long estimatedRows) {
    public TablePlan {
        requireNonNull(spec, "spec is null");
        slices = List.copyOf(slices);
    }
}
