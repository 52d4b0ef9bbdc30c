package millrace.stream.source;

import static java.util.Objects.requireNonNull;

/**
 * A replication slot as pg_replication_slots shows it.
 *
 * @param walStatus reserved, extended, unreserved or lost
 * @param confirmed up to where its reader has said that it needs the log no more
 * @param retained how many bytes of the log are kept for it
 */
public record SlotState(
        String plugin, String database, boolean active, String walStatus, long confirmed, long retained) {
    public SlotState {
        requireNonNull(plugin, "plugin is null");
        requireNonNull(database, "database is null");
        requireNonNull(walStatus, "walStatus is null");
    }
}
