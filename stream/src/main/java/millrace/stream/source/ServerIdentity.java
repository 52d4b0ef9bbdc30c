package millrace.stream.source;

import static java.util.Objects.requireNonNull;

/**
 * Which Postgres this is.
 *
 * @param system the number that initdb gave it, and that its standbys share
 * @param timeline grows when a standby is promoted
 * @param end where its log ends
 */
public record ServerIdentity(String system, int timeline, long end) {
    public ServerIdentity {
        requireNonNull(system, "system is null");
    }
}
