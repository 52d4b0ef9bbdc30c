package millrace.stream.run;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import millrace.contract.failure.Failure;
import millrace.contract.pipeline.TableEntry;
import millrace.loader.clickhouse.ClickHouseHttp;
import millrace.loader.clickhouse.ClickHouseSink;
import millrace.loader.codec.TimeLimits;
import millrace.stream.sink.BatchWriter;
import millrace.stream.sink.Position;
import millrace.stream.sink.Positions;
import millrace.stream.sink.StreamPosition;
import millrace.stream.source.ReplicationConnection;
import millrace.stream.source.ServerIdentity;
import millrace.stream.source.SourceDatabase;
import millrace.stream.source.TextLookup;

/** Follows a source once: from the position that ClickHouse has until something fails. */
final class Follower {
    private final Setup setup;
    private final FollowState state;
    private final Consumer<Failure> news;
    private final Requests requests;
    private final ClickHouseHttp http;
    private final Positions positions;

    Follower(Setup setup, FollowState state, Consumer<Failure> news, Requests requests) {
        this.setup = requireNonNull(setup, "setup is null");
        this.state = requireNonNull(state, "state is null");
        this.news = requireNonNull(news, "news is null");
        this.requests = requireNonNull(requests, "requests is null");
        http = new ClickHouseHttp(setup.target());
        positions = new Positions(http, setup.pipeline());
    }

    /**
     * Returns when the thread has been interrupted, or the stream is to begin again.
     *
     * @throws Failure when something is in the way
     */
    void follow() {
        try (SourceDatabase database = setup.database();
                ReplicationConnection replication = new ReplicationConnection(setup.source());
                TextLookup texts = new TextLookup(setup.source())) {
            List<TableEntry> entries = setup.entries();
            Optional<Position> found = positions.find();
            Obstacles.refuse(
                    found.isEmpty()
                            ? Obstacles.of(setup, database, http, entries)
                            : Obstacles.ofServer(setup, database, entries));
            Position position = found.isEmpty() || found.get().isCopying()
                    ? new FirstCopy(setup, http, positions, state).run(database, replication, found)
                    : goOn(found.get(), database, replication);
            stream(database, replication, texts, entries, position);
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
        positions.init(setup.options().database());
        return position.on(server.timeline());
    }

    private void stream(
            SourceDatabase database,
            ReplicationConnection replication,
            TextLookup texts,
            List<TableEntry> entries,
            Position position) {
        TimeLimits limits = new ClickHouseSink(setup.target()).timeLimits();
        Members members = new Members(setup, positions, state, position.generation());
        members.begin(database, entries, limits);
        BatchWriter.clear(http, members.storages());
        replication.start(setup.options().slot(), setup.options().publication(), position.applied());
        state.begin();
        BatchWriter writer = new BatchWriter(http, new StreamPosition(positions, position), texts, limits);
        try (Handover handover = new Handover(writer, state::wrote, position.applied());
                StreamLoop loop = new StreamLoop(
                        setup,
                        http,
                        state,
                        news,
                        requests,
                        members,
                        new CatalogWatch(database),
                        replication,
                        handover,
                        position.applied())) {
            loop.run();
        }
    }
}
