package millrace.stream.run;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import millrace.contract.failure.Failure;
import millrace.stream.protocol.Lsn;
import millrace.stream.protocol.Message;
import millrace.stream.protocol.MessageReader;
import millrace.stream.source.ReplicationConnection;
import millrace.stream.source.SchemaChange;

/** Takes changes from a connection, in batches that are written while the next ones come. One thread uses it. */
final class Intake {
    /** So long transactions wait for others before they are written with them; longer, while a batch is being written. */
    private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final long ACKNOWLEDGE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final ReplicationConnection replication;
    private final Batcher batcher;
    private final Handover handover;
    private long acknowledged;
    private long acknowledgedAt;
    /** Transactions that are committed here or later are not taken; 0 for no such place. */
    private long limit;
    /** The beginning of such a transaction, which has come already. */
    private Message.Begin parked;

    Intake(ReplicationConnection replication, Batcher batcher, Handover handover) {
        this.replication = requireNonNull(replication, "replication is null");
        this.batcher = requireNonNull(batcher, "batcher is null");
        this.handover = requireNonNull(handover, "handover is null");
        acknowledged = batcher.position();
    }

    /** Takes the next message, if there is one, and gives away what is due. Returns whether there was one. */
    boolean step(long now) {
        ByteBuffer message = parked == null ? replication.poll() : null;
        if (message != null) {
            add(message);
        }
        if (batcher.canBeTaken() && (batcher.isFull() || isDue(now))) {
            handover.give(batcher.take(), replication::keepAlive);
        }
        if (now - acknowledgedAt > ACKNOWLEDGE_NANOS) {
            acknowledge();
            acknowledgedAt = now;
        }
        return message != null;
    }

    private void add(ByteBuffer message) {
        try {
            Message read = MessageReader.read(message);
            if (limit != 0 && read instanceof Message.Begin begin && !Lsn.isBefore(begin.commitLsn(), limit)) {
                parked = begin;
            } else {
                batcher.add(read);
            }
        } catch (Failure | SchemaChange ended) {
            handover.finish();
            throw ended;
        }
    }

    private boolean isDue(long now) {
        return now - batcher.completeSince() >= GATHER_NANOS && handover.isIdle();
    }

    private void acknowledge() {
        long applied = handover.applied();
        if (applied != acknowledged) {
            replication.acknowledge(applied);
            acknowledged = applied;
        }
    }

    /** Has everything written that was committed below the place where the stream is. False inside of a transaction. */
    boolean settle() {
        if (batcher.canBeTaken()) {
            handover.give(batcher.take(), replication::keepAlive);
        }
        if (!batcher.isEmpty()) {
            return false;
        }
        handover.finish();
        handover.applied();
        return true;
    }

    /** Whether nothing waits to be written. */
    boolean isIdle() {
        return batcher.isEmpty() && handover.isIdle();
    }

    /** Takes nothing that is committed at the place or later. */
    void stopAt(long place) {
        limit = place;
    }

    /** Takes everything again. */
    void goOn() {
        limit = 0;
        if (parked != null) {
            batcher.add(parked);
            parked = null;
        }
    }

    /** Everything that was committed below this place has come. */
    long reached() {
        if (parked != null) {
            return limit;
        }
        return batcher.isEmpty() ? Lsn.later(batcher.position(), replication.received()) : batcher.position();
    }

    /** Lets other threads work while nothing comes. */
    void pause() {
        try {
            Thread.sleep(batcher.isEmpty() ? 4 : 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
