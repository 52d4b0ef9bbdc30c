package millrace.webhook.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** Where a run is in its life. */
public enum RunState {
    /** Waits for the runs before it. */
    @JsonProperty("queued")
    QUEUED,
    @JsonProperty("running")
    RUNNING,
    @JsonProperty("success")
    SUCCESS,
    @JsonProperty("failed")
    FAILED,
    /** Ended because somebody asked for it. */
    @JsonProperty("cancelled")
    CANCELLED;

    /** The word the API uses. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether nothing will change any more. */
    public boolean hasEnded() {
        return this != QUEUED && this != RUNNING;
    }
}
