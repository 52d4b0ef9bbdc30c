package millrace.loader.config;

import static java.util.Objects.requireNonNull;

import millrace.loader.plan.TableName;
import millrace.loader.plan.TableOptions;

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
