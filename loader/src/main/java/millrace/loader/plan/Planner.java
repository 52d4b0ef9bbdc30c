package millrace.loader.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;
import millrace.loader.codec.Mapping;
import millrace.loader.codec.TypeMappings;

/**
 * Decides how tables are loaded. Pure: the same descriptions give the same plan.
 *
 * @param atMostSlices how many slices a table may have
 */
public record Planner(TypeMappings mappings, int atMostSlices) {
    public Planner {
        requireNonNull(mappings, "mappings is null");
    }

    /** @param key the columns that identify a row, all of them columns of the table */
    public TableSpec spec(SourceTable source, TableName target, List<String> key, TableOptions options) {
        List<ColumnSpec> columns = source.columns().stream().map(this::column).toList();
        return new TableSpec(source.name(), target, columns, key, options);
    }

    public List<Slice> slices(SourceTable source) {
        return Slicing.of(source.blocks(), atMostSlices);
    }

    private ColumnSpec column(SourceColumn column) {
        Mapping mapping = mappings.of(column.type());
        return new ColumnSpec(column.name(), column.typeName(), mapping, !column.notNull());
    }
}
