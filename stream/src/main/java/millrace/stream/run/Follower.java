package millrace.stream.run;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import millrace.contract.failure.Failure;
import millrace.loader.clickhouse.ClickHouseHttp;
import millrace.loader.clickhouse.ClickHouseSink;
import millrace.loader.codec.TimeLimits;
import millrace.stream.protocol.Lsn;
import millrace.stream.protocol.MessageReader;
import millrace.stream.sink.Batch;
import millrace.stream.sink.BatchWriter;
import millrace.stream.sink.FollowedTable;
import millrace.stream.sink.Position;
import millrace.stream.sink.Positions;
import millrace.stream.source.ReplicationConnection;
import millrace.stream.source.SchemaChange;
import millrace.stream.source.ServerIdentity;
import millrace.stream.source.SourceDatabase;
import millrace.stream.source.TextLookup;

/** Follows a source once: from the position that ClickHouse has until something fails. */
final class Follower {
    /** So long transactions wait for others before they are written with them; longer, while a batch is being written. */
    private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final long ACKNOWLEDGE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    /** So often a position is written while only other parts of the source change. */
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Setup setup;
    private final FollowState state;
    private final ClickHouseHttp http;
    private final Positions positions;

    private long acknowledged;
    private long acknowledgedAt;
    private long movedAt;

    Follower(Setup setup, FollowState state) {
        this.setup = requireNonNull(setup, "setup is null");
        this.state = requireNonNull(state, "state is null");
        http = new ClickHouseHttp(setup.target());
        positions = new Positions(http, setup.pipeline());
    }

    /**
     * Returns only when the thread has been interrupted.
     *
     * @param change makes all tables be copied anew
     * @throws SchemaChange when a table has changed, so that they have to be
     */
    void follow(Optional<SchemaChange> change) {
        try (SourceDatabase database = new SourceDatabase(setup.source());
                ReplicationConnection replication = new ReplicationConnection(setup.source());
                TextLookup texts = new TextLookup(setup.source())) {
            Obstacles.refuse(Obstacles.find(setup, database, http));
            Optional<Position> found = positions.find();
            Position position = found.isEmpty() || found.get().isCopying() || change.isPresent()
                    ? new FirstCopy(setup, http, positions, state).run(database, replication, found, change)
                    : goOn(found.get(), database, replication);
            TimeLimits limits = new ClickHouseSink(setup.target()).timeLimits();
            List<FollowedTable> tables = Tables.followed(setup, database, limits);
            refuseChanged(tables);
            BatchWriter.clear(http, tables);
            replication.start(setup.options(), position.applied());
            acknowledged = position.applied();
            state.begin();
            try (Handover handover = new Handover(
                    new BatchWriter(http, positions, texts, limits, position), state, position.applied())) {
                stream(replication, handover, tables, position.applied(), new CatalogWatch(database, tables));
            }
        }
    }

    private Position goOn(Position position, SourceDatabase database, ReplicationConnection replication) {
        ServerIdentity server = replication.identify();
        boolean promoted = server.system().equals(position.system()) && server.timeline() > position.timeline();
        GapCheck.refuse(
                position,
                server,
                database.slot(setup.options().slot()),
                setup.source().database(),
                promoted ? replication.timelineHistory(server.timeline()) : "");
        return position.on(server.timeline());
    }

    private void refuseChanged(List<FollowedTable> tables) {
        List<FollowedTable> changed = positions.changed(tables);
        if (!changed.isEmpty()) {
            throw new SchemaChange(
                    changed.get(0).spec().source(), "it is not as it was when it was copied, or was not copied at all");
        }
    }

    private void stream(
            ReplicationConnection replication,
            Handover handover,
            List<FollowedTable> tables,
            long start,
            CatalogWatch watch) {
        Batcher batcher = new Batcher(tables, start, batch -> handover.give(batch, replication::keepAlive));
        movedAt = System.nanoTime();
        while (!Thread.currentThread().isInterrupted()) {
            ByteBuffer message = replication.poll();
            if (message != null) {
                add(message, batcher, handover);
            }
            long now = System.nanoTime();
            watch.look(now);
            if (batcher.canBeTaken() && (batcher.isFull() || isDue(batcher, handover, now))) {
                handover.give(batcher.take(), replication::keepAlive);
                movedAt = now;
            }
            if (message == null || now - acknowledgedAt > ACKNOWLEDGE_NANOS) {
                report(replication, handover, batcher, now);
            }
            if (message == null) {
                pause(batcher);
            }
        }
    }

    private static void add(ByteBuffer message, Batcher batcher, Handover handover) {
        try {
            batcher.add(MessageReader.read(message));
        } catch (Failure | SchemaChange ended) {
            handover.finish();
            throw ended;
        }
    }

    private static boolean isDue(Batcher batcher, Handover handover, long now) {
        return now - batcher.completeSince() >= GATHER_NANOS && handover.isIdle();
    }

    private void report(ReplicationConnection replication, Handover handover, Batcher batcher, long now) {
        long applied = handover.applied();
        long received = replication.received();
        boolean isIdle = batcher.isEmpty() && handover.isIdle();
        if (isIdle && Lsn.isBefore(applied, received) && now - movedAt > IDLE_NANOS) {
            // Without this the source would keep its log for a stream that has nothing to send.
            handover.give(
                    new Batch(Map.of(), Batch.Part.WHOLE, received, batcher.commitMicros()), replication::keepAlive);
            movedAt = now;
        }
        if (applied != acknowledged && now - acknowledgedAt > ACKNOWLEDGE_NANOS) {
            replication.acknowledge(applied);
            acknowledged = applied;
        }
        if (now - acknowledgedAt > ACKNOWLEDGE_NANOS) {
            acknowledgedAt = now;
        }
        state.progress(received, applied, batcher.waitingRows(), isIdle ? 0 : Math.max(1, batcher.completeSince()));
    }

    private static void pause(Batcher batcher) {
        try {
            Thread.sleep(batcher.isEmpty() ? 4 : 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
