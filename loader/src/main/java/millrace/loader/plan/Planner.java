package millrace.loader.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;
import millrace.contract.pipeline.TableName;
import millrace.contract.pipeline.TableOptions;

/**
 * Decides how tables are loaded. Pure: the same descriptions give the same plan.
 *
 * @param columns decides about columns
 * @param workers how many slices are copied at the same time
 */
public record Planner(ColumnPlanner columns, int workers) {
    public Planner {
        requireNonNull(columns, "columns is null");
    }

    /** @param key the columns that identify a row, all of them columns of the table */
    public TableSpec spec(SourceTable source, TableName target, List<String> key, TableOptions options) {
        List<ColumnSpec> planned = source.columns().stream()
                .filter(column -> !options.column(column.name()).drop())
                .map(column -> columns.plan(column, options.column(column.name())))
                .toList();
        return new TableSpec(source.name(), target, planned, key, options);
    }

    public List<Slice> slices(SourceTable source) {
        return Slicing.of(source.blocks(), workers);
    }
}
