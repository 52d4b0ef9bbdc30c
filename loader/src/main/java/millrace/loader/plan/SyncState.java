package millrace.loader.plan;

import static java.util.Objects.requireNonNull;

/**
 * Up to where an incremental table has been loaded.
 *
 * @param moment the moment of the source that it was loaded from
 * @param sourceOid which table of that source it was, even if another one has its name now
 */
public record SyncState(SourceMoment moment, long sourceOid) {
    public SyncState {
        requireNonNull(moment, "moment is null");
    }
}
