package millrace.stream.run;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import millrace.contract.failure.Failure;
import millrace.contract.pipeline.TableEntry;
import millrace.loader.clickhouse.ClickHouseHttp;
import millrace.loader.clickhouse.ClickHouseSink;
import millrace.loader.codec.TimeLimits;
import millrace.stream.sink.BatchWriter;
import millrace.stream.sink.KnownTable;
import millrace.stream.sink.Position;
import millrace.stream.sink.Positions;
import millrace.stream.sink.StreamPosition;
import millrace.stream.sink.Views;
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
            database.claim(setup.options().slot());
            List<TableEntry> entries = setup.entries();
            Optional<Position> found = positions.find();
            Obstacles.refuse(
                    found.isEmpty()
                            ? Obstacles.of(setup, database, http, entries)
                            : Obstacles.ofServer(setup, database, entries));
            ServerIdentity server = replication.identify();
            Optional<Gap> gap = found.filter(position -> !position.isCopying())
                    .flatMap(position -> gap(position, server, database, replication));
            gap.ifPresent(this::refuse);
            boolean copies = found.isEmpty() || found.get().isCopying() || gap.isPresent();
            Position position = copies
                    ? new FirstCopy(setup, http, positions, state)
                            .run(database, replication, copied(found, entries, database), found, gap)
                    : found.get().on(server.timeline());
            positions.init(setup.options().database());
            stream(database, replication, texts, entries, position);
        }
    }

    private Optional<Gap> gap(
            Position position, ServerIdentity server, SourceDatabase database, ReplicationConnection replication) {
        boolean promoted = server.system().equals(position.system()) && server.timeline() > position.timeline();
        return GapCheck.find(
                position,
                server,
                database.slot(setup.options().slot()),
                setup.source().database(),
                promoted ? replication.timelineHistory(server.timeline()) : "");
    }

    private void refuse(Gap gap) {
        boolean resyncs = setup.options().resyncs() || setup.options().dropsFullSlot();
        if (!resyncs || !gap.mayResync()) {
            throw gap.failure();
        }
        news.accept(gap.news());
    }

    /** The tables that a copy of all takes: later ones leave out what is paused, or in the way. */
    private List<TableEntry> copied(Optional<Position> found, List<TableEntry> entries, SourceDatabase database) {
        if (found.isEmpty()) {
            return entries;
        }
        Map<String, KnownTable> known = positions.tables();
        return entries.stream()
                .filter(entry -> !KnownTable.isPaused(
                                known.get(setup.storage(entry).toString()))
                        && Obstacles.of(setup, database, http, List.of(entry)).isEmpty())
                .toList();
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
        // The pipeline file may have other rules by now.
        members.followed().forEach(table -> Views.create(http, setup.pipeline(), table));
        Views.createQuarantine(http);
        replication.start(setup.options().slot(), setup.options().publication(), position.applied());
        state.begin();
        BatchWriter writer =
                new BatchWriter(http, new StreamPosition(positions, position), members::refused, texts, limits);
        try (Handover handover = new Handover(writer, state::wrote, position.applied());
                StreamLoop loop = new StreamLoop(
                        setup,
                        http,
                        state,
                        news,
                        requests,
                        members,
                        database,
                        replication,
                        handover,
                        position.applied())) {
            loop.run();
        }
    }
}
