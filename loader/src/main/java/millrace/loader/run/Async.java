package millrace.loader.run;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import millrace.loader.failure.Failure;

/** Waits for other threads. */
final class Async {
    private Async() {}

    /** The result, or the failure that the other thread ended with. */
    static <T> T await(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Failure failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.running("interrupted", "The load was interrupted.", "Run it again.");
        }
    }
}
