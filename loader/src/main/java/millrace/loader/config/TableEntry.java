package millrace.loader.config;

import static java.util.Objects.requireNonNull;

import java.util.List;
import millrace.loader.plan.LoadMode;
import millrace.loader.plan.TableName;

/**
 * A table that the pipeline file lists.
 *
 * @param key the declared key columns; empty stands for the primary key
 * @param line where the file lists it
 */
public record TableEntry(TableName source, TableName target, LoadMode mode, List<String> key, int line) {
    public TableEntry {
        requireNonNull(source, "source is null");
        requireNonNull(target, "target is null");
        requireNonNull(mode, "mode is null");
        key = List.copyOf(key);
    }
}
