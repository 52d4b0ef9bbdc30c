package millrace.webhook.service;

/** As many runs wait as may wait. */
public final class QueueFull extends Exception {
    private final int waiting;
    private final int retryAfter;

    /** @param retryAfter seconds after which there may be room */
    public QueueFull(int waiting, int retryAfter) {
        super(waiting + " runs are waiting");
        this.waiting = waiting;
        this.retryAfter = retryAfter;
    }

    public int waiting() {
        return waiting;
    }

    /** Seconds after which there may be room. */
    public int retryAfter() {
        return retryAfter;
    }
}
