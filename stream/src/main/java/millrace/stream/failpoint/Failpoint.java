package millrace.stream.failpoint;

/** A named step at which a test can stop the process, to kill it there. Without its property it does nothing. */
public enum Failpoint {
    AFTER_SLOT,
    AFTER_COPY,
    AFTER_TABLE_COPY,
    AFTER_CATCHING_UP,
    AFTER_EXCHANGE,
    MID_ROWS,
    AFTER_ROWS,
    AFTER_POSITION,
    AFTER_TRUNCATE,
    MID_TRANSACTION,
    MID_ATTACH;

    private static final String CHOSEN = System.getProperty("millrace.failpoint", "");

    public void reach() {
        if (CHOSEN.equals(name())) {
            System.err.println("stopped at " + name());
            try {
                Thread.sleep(Long.MAX_VALUE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
