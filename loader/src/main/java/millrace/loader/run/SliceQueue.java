package millrace.loader.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import millrace.contract.failure.Failure;
import millrace.loader.concurrent.Async;
import millrace.loader.plan.TablePlan;

/** Loads tables by so many workers at the same time; the first that fails ends the others. */
final class SliceQueue {
    private final Cancellation cancellation;

    SliceQueue(Cancellation cancellation) {
        this.cancellation = cancellation;
    }

    /** How many slices will be copied at the same time. */
    static int atOnce(List<TablePlan> plans, int workers) {
        return Math.min(
                workers, plans.stream().mapToInt(plan -> streams(plan, workers)).sum());
    }

    private static int streams(TablePlan plan, int workers) {
        return Math.min(workers, plan.slices().size());
    }

    /** Loads every slice of every table, in order of the tables. Returns when no worker is left. */
    void run(List<TableLoad> loads, int workers) {
        ExecutorService pool = Executors.newFixedThreadPool(workers);
        List<Future<?>> streams = new ArrayList<>();
        for (TableLoad load : loads) {
            for (int i = 0; i < streams(load.plan(), workers); i++) {
                streams.add(pool.submit(() -> stream(load)));
            }
        }
        pool.shutdown();
        streams.forEach(Async::await);
    }

    private void stream(TableLoad load) {
        if (cancellation.cause().isPresent()) {
            return;
        }
        try {
            load.stream();
        } catch (Failure failure) {
            cancellation.cancel(failure);
        } catch (OutOfMemoryError e) {
            cancellation.cancel(Failure.running(
                    "row-too-large",
                    "A row of " + load.plan().spec().source() + " is too large for the loader's memory.",
                    "Give it more with LOADER_HEAP, for example LOADER_HEAP=1g."));
        } catch (RuntimeException e) {
            cancellation.cancel(Failure.running(
                    "defect",
                    "The load of " + load.plan().spec().source() + " met an unexpected error: " + e,
                    "Please report this with the stack trace that LOADER_TRACE=1 shows.",
                    e));
        }
    }
}
