package millrace.loader.postgres;

import millrace.contract.failure.Failure;

/** Lets time pass between two looks at the server. */
final class Pause {
    private static final long MILLISECONDS = 100;

    private Pause() {}

    static void between() {
        try {
            Thread.sleep(MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.running("interrupted", "The wait for a snapshot was interrupted.", "Run it again.");
        }
    }
}
