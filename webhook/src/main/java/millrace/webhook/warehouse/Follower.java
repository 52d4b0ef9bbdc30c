package millrace.webhook.warehouse;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * How a followed pipeline is.
 *
 * @param state starting, copying, following, waiting or stopped
 * @param at when that was told
 * @param lagSeconds how long changes wait
 * @param slotBytes log that the source keeps for it
 * @param changesOfHour changes within an hour
 */
public record Follower(
        String pipeline,
        String state,
        Instant at,
        double lagSeconds,
        long lagBytes,
        long slotBytes,
        long changesOfHour) {
    /** At rest there is a word a minute. */
    private static final Duration SILENCE = Duration.ofMinutes(3);

    private static final double LATE_SECONDS = 60;

    public Follower {
        requireNonNull(pipeline, "pipeline is null");
        requireNonNull(state, "state is null");
        requireNonNull(at, "at is null");
    }

    /** Whether nothing has been heard of it for longer than it is ever silent. */
    public boolean isSilent(Instant now) {
        return at.plus(SILENCE).isBefore(now);
    }

    public boolean isLate() {
        return lagSeconds > LATE_SECONDS;
    }

    public boolean isStopped() {
        return state.equals("stopped");
    }
}
