package millrace.contract.pipeline;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * How the changes of a pipeline's source are followed.
 *
 * @param slot the replication slot, which belongs to this pipeline alone
 * @param publication names the tables whose changes Postgres sends
 * @param database the ClickHouse database that keeps the changes; readers see views of it in the target's
 * @param port on which the follower tells of itself, on the loopback address; 0 for any free one
 * @param resyncs whether all tables are copied anew without being asked for when changes are missing
 * @param slotLimit how many bytes of its log the source may keep for the slot
 * @param dropsFullSlot whether the slot is given up then, and all tables are copied anew
 */
public record FollowOptions(
        String slot,
        String publication,
        String database,
        int port,
        boolean resyncs,
        long slotLimit,
        boolean dropsFullSlot) {
    /** In MiB. */
    static final int SLOT_LIMIT = 10_240;

    private static final int PORT = 5002;
    private static final int LONGEST = 63;

    public FollowOptions {
        requireNonNull(slot, "slot is null");
        requireNonNull(publication, "publication is null");
        requireNonNull(database, "database is null");
    }

    public FollowOptions(String slot, String publication, String database, int port) {
        this(slot, publication, database, port, true, (long) SLOT_LIMIT << 20, false);
    }

    static FollowOptions usual(String pipeline, String raw) {
        String name = ("millrace_" + pipeline).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
        String own = name.substring(0, Math.min(name.length(), LONGEST));
        return new FollowOptions(own, own, raw.equals("raw") ? "cdc" : raw + "_cdc", PORT);
    }
}
