package millrace.loader.run;

import static java.util.Objects.requireNonNull;

import java.util.List;
import millrace.contract.pipeline.TableName;

/**
 * A publication of several tables that was cut short: all of them were complete and checked, and some may have taken their
 * places already.
 *
 * @param name where the sink keeps it
 */
public record Unfinished(TableName name, List<Entry> entries) {
    /**
     * One of its tables.
     *
     * @param record what the audit table is to say
     * @param staged where the complete table is until it takes its place
     * @param uuid of the complete table
     * @param before that of the table whose place it takes, empty when there was none
     */
    public record Entry(LoadRecord record, TableName staged, String uuid, String before) {
        public Entry {
            requireNonNull(record, "record is null");
            requireNonNull(staged, "staged is null");
            requireNonNull(uuid, "uuid is null");
            requireNonNull(before, "before is null");
        }
    }

    public Unfinished {
        requireNonNull(name, "name is null");
        entries = List.copyOf(entries);
    }

    /** The tables that take, or have taken, their places. */
    public List<TableName> targets() {
        return entries.stream().map(entry -> entry.record().target()).toList();
    }

    /** The run that began it, for people. */
    public String runId() {
        return entries.get(0).record().runId();
    }
}
