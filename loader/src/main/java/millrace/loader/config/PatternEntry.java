package millrace.loader.config;

import static java.util.Objects.requireNonNull;

import millrace.loader.plan.TableName;
import millrace.loader.plan.TableOptions;

/**
 * A pattern that the pipeline file lists in place of a table.
 *
 * @param target the name that each table gets, with {schema} and {table} for its own
 * @param options of every table that matches
 * @param line where the file lists it
 */
public record PatternEntry(TablePattern pattern, TableName target, TableOptions options, int line) {
    public PatternEntry {
        requireNonNull(pattern, "pattern is null");
        requireNonNull(target, "target is null");
        requireNonNull(options, "options is null");
    }

    TableEntry entry(TableName source) {
        String table = target.table().replace("{table}", source.table()).replace("{schema}", source.schema());
        return new TableEntry(source, new TableName(target.schema(), table), options, line);
    }
}
