package millrace.webhook.run;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a run is in its life. */
public enum RunState {
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
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
