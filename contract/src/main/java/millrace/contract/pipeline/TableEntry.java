package millrace.contract.pipeline;

import static java.util.Objects.requireNonNull;

/**
 * A table that the pipeline file lists.
 *
 * @param line where the file lists it
 */
public record TableEntry(TableName source, TableName target, TableOptions options, int line) {
    public TableEntry {
        requireNonNull(source, "source is null");
        requireNonNull(target, "target is null");
        requireNonNull(options, "options is null");
    }
}
