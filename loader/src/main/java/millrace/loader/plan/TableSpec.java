package millrace.loader.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import millrace.contract.pipeline.LoadMode;
import millrace.contract.pipeline.TableName;
import millrace.contract.pipeline.TableOptions;
import millrace.loader.codec.BlockColumn;

/**
 * One table's way from source to target.
 *
 * @param key the columns that identify a row, in order; empty when there are none
 */
public record TableSpec(
        TableName source, TableName target, List<ColumnSpec> columns, List<String> key, TableOptions options) {
    public TableSpec {
        requireNonNull(source, "source is null");
        requireNonNull(target, "target is null");
        requireNonNull(options, "options is null");
        columns = List.copyOf(columns);
        key = List.copyOf(key);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException(source + " has no columns");
        }
    }

    public LoadMode mode() {
        return options.mode();
    }

    public Optional<ColumnSpec> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    public List<BlockColumn> targetColumns() {
        return columns.stream().map(ColumnSpec::target).toList();
    }

    /** Whether its blocks have a column more, that says which rows have values that do not fit. */
    public boolean quarantines() {
        return columns.stream().anyMatch(column -> column.target().quarantines());
    }

    /** The key's columns as people write them: "id", or "(day, id)". */
    public String keyText() {
        return key.size() == 1 ? key.get(0) : "(" + String.join(", ", key) + ")";
    }

    /** Where each key column stands among the columns. */
    public List<Integer> keyPositions() {
        List<String> names = columns.stream().map(ColumnSpec::name).toList();
        return key.stream().map(names::indexOf).toList();
    }
}
