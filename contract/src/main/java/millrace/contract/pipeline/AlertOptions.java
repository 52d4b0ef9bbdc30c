package millrace.contract.pipeline;

import java.util.List;

/**
 * What of a pipeline is told to the targets of the webhook.
 *
 * @param when of which kinds, in the order of the file
 * @param staleAfterMinutes how long a table may be without a good load, or a follower late; 0: any time
 */
public record AlertOptions(List<Kind> when, int staleAfterMinutes) {
    /** The kinds of alerts. */
    public enum Kind {
        /** The last load of a table, or the last run of dbt, failed. */
        FAILED,
        /** Nothing new for too long. */
        STALE,
        /** A load met other columns in the source than the one before. */
        SHAPE_CHANGED,
        /** A load put NULL or another text in the place of values that the target could not hold. */
        VALUES_REPLACED;

        /** As a file spells it, such as shape-changed. */
        public String spelled() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    public AlertOptions {
        when = List.copyOf(when);
    }
}
