package millrace.webhook.dbt;

/** Why the webhook ended a build that had not ended by itself. */
public enum EndReason {
    CANCELLED,
    TIMED_OUT,
    WEBHOOK_STOPPED
}
