package millrace.loader.run;

import static java.util.Objects.requireNonNull;

/**
 * A table that is complete and checked.
 *
 * @param record what the audit table will say once it is published
 */
public record Ready(Staging staging, LoadRecord record) {
    public Ready {
        requireNonNull(staging, "staging is null");
        requireNonNull(record, "record is null");
    }
}
