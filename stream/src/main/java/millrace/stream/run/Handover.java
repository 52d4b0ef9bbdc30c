package millrace.stream.run;

import static java.util.Objects.requireNonNull;

import java.util.function.ObjLongConsumer;
import millrace.contract.failure.Failure;
import millrace.stream.protocol.Lsn;
import millrace.stream.sink.Batch;
import millrace.stream.sink.BatchWriter;

/** Has one batch written while the next one is collected. */
final class Handover implements AutoCloseable {
    private static final long SIGN_OF_LIFE_MILLIS = 5_000;

    private final BatchWriter writer;
    private final ObjLongConsumer<Batch> told;
    private final Thread thread = new Thread(this::work, "batches");
    private Batch given;
    private boolean busy;
    private Failure failure;
    private long applied;
    private boolean closed;

    /**
     * @param told of each batch that is written, and of the nanoseconds that it took
     * @param applied what was committed below has been written already
     */
    Handover(BatchWriter writer, ObjLongConsumer<Batch> told, long applied) {
        this.writer = requireNonNull(writer, "writer is null");
        this.told = requireNonNull(told, "told is null");
        this.applied = applied;
        thread.setDaemon(true);
        thread.start();
    }

    /** Whether a batch would be begun at once. */
    synchronized boolean isIdle() {
        refuseFailed();
        return given == null && !busy;
    }

    /** What was committed below has been written. */
    synchronized long applied() {
        refuseFailed();
        return applied;
    }

    private void refuseFailed() {
        if (failure != null) {
            throw failure;
        }
    }

    /**
     * Gives a batch away, as soon as the one before has been begun.
     *
     * @param meanwhile is done every few seconds while that takes
     */
    synchronized void give(Batch batch, Runnable meanwhile) {
        refuseFailed();
        while (given != null) {
            await(SIGN_OF_LIFE_MILLIS);
            refuseFailed();
            if (given != null) {
                meanwhile.run();
            }
        }
        given = batch;
        notifyAll();
    }

    private void await(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.running("interrupted", "The stream was interrupted.", "Run it again.");
        }
    }

    private void work() {
        try {
            for (Batch batch = next(); batch != null; batch = next()) {
                long began = System.nanoTime();
                writer.write(batch);
                done(batch, System.nanoTime() - began);
            }
        } catch (Failure e) {
            fail(e);
        } catch (RuntimeException | OutOfMemoryError e) {
            fail(Failure.running("defect", "Writing met an unexpected error: " + e, "Please report this.", e));
        }
    }

    private synchronized Batch next() {
        while (given == null && !closed) {
            await(0);
        }
        Batch batch = closed ? null : given;
        given = null;
        busy = batch != null;
        notifyAll();
        return batch;
    }

    private synchronized void done(Batch batch, long nanos) {
        busy = false;
        if (batch.part() != Batch.Part.BEGINNING) {
            applied = Lsn.later(applied, batch.position());
        }
        told.accept(batch, nanos);
        notifyAll();
    }

    private synchronized void fail(Failure reason) {
        failure = reason;
        notifyAll();
    }

    /** Returns when all that was given is written. */
    synchronized void finish() {
        while (failure == null && (given != null || busy)) {
            await(SIGN_OF_LIFE_MILLIS);
        }
    }

    /** Lets the batch under way end, and begins no other. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        writer.close();
    }
}
