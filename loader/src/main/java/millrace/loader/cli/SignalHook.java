package millrace.loader.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import millrace.loader.run.LoadRun;

/** When the process is told to end, ends a run first: what is staged is removed, and people are told. */
final class SignalHook {
    private static final long CLEAN_UP_SECONDS = 20;
    private static final long REPORT_SECONDS = 5;

    private final LoadRun run;
    private final CountDownLatch reported = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupt, "interrupt");

    SignalHook(LoadRun run) {
        this.run = run;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void interrupt() {
        try {
            run.interrupt(CLEAN_UP_SECONDS);
            reported.await(REPORT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The run has ended and has been reported. */
    void release() {
        reported.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already.
        }
    }
}
