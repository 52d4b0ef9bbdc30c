package millrace.loader.run;

/** A named step of a load at which a test can stop the process, to kill it there. Without its property it does nothing. */
public enum Failpoint {
    AFTER_SNAPSHOT,
    MID_COPY,
    BEFORE_PUBLISH,
    BEFORE_SWITCH,
    MID_PUBLISH,
    AFTER_PUBLISH,
    BEFORE_AUDIT;

    private static final String CHOSEN = System.getProperty("millrace.failpoint", "");

    public void reach() {
        if (CHOSEN.equals(name())) {
            System.err.println("stopped at " + name());
            stop();
        }
    }

    private static void stop() {
        try {
            Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
