package millrace.loader.run;

import static java.util.Objects.requireNonNull;

/**
 * Rows that travelled although the target has rows of the same keys.
 *
 * @param rows how many
 * @param changed how many of them have other values than the target's rows
 * @param firstChanged the lowest key of those, as people read it; empty when there is none
 */
public record KnownRows(long rows, long changed, String firstChanged) {
    public static final KnownRows NONE = new KnownRows(0, 0, "");

    public KnownRows {
        requireNonNull(firstChanged, "firstChanged is null");
    }
}
