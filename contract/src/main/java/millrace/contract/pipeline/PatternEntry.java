package millrace.contract.pipeline;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

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

    public TableEntry entry(TableName source) {
        return new TableEntry(source, new TableName(target.schema(), named(source)), options, line);
    }

    /** A table's own name may hold braces, too: they mean nothing. */
    private String named(TableName source) {
        List<String> parts = new ArrayList<>();
        for (String part : target.table().split(Pattern.quote("{schema}"), -1)) {
            parts.add(part.replace("{table}", source.table()));
        }
        return String.join(source.schema(), parts);
    }
}
