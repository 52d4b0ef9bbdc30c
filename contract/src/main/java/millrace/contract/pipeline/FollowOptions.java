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
 */
public record FollowOptions(String slot, String publication, String database, int port) {
    private static final int PORT = 5002;
    private static final int LONGEST = 63;

    public FollowOptions {
        requireNonNull(slot, "slot is null");
        requireNonNull(publication, "publication is null");
        requireNonNull(database, "database is null");
    }

    static FollowOptions usual(String pipeline, String raw) {
        String name = ("millrace_" + pipeline).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
        String own = name.substring(0, Math.min(name.length(), LONGEST));
        return new FollowOptions(own, own, raw.equals("raw") ? "cdc" : raw + "_cdc", PORT);
    }
}
