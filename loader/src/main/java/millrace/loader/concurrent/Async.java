package millrace.loader.concurrent;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import millrace.contract.failure.Failure;

/** Waits for other threads. */
public final class Async {
    private Async() {}

    /** Does something with each item, so many at the same time; when some of that fails, the first failure is thrown at the end. */
    public static <T> void forEach(List<T> items, int atOnce, Consumer<T> action) {
        if (items.size() <= 1) {
            items.forEach(action);
            return;
        }
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(atOnce, items.size()));
        List<? extends Future<?>> started = items.stream()
                .map(item -> pool.submit(() -> action.accept(item)))
                .toList();
        pool.shutdown();
        Failure first = null;
        for (Future<?> each : started) {
            try {
                await(each);
            } catch (Failure failure) {
                first = first == null ? failure : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /** The result, or the failure that the other thread ended with. */
    public static <T> T await(Future<T> future) {
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
