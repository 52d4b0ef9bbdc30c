package millrace.stream.run;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import millrace.contract.failure.Failure;
import millrace.contract.pipeline.TableEntry;
import millrace.contract.pipeline.TableName;
import millrace.loader.clickhouse.ClickHouseHttp;
import millrace.loader.clickhouse.ClickHouseSink;
import millrace.loader.plan.TablePlan;
import millrace.loader.postgres.PostgresSource;
import millrace.loader.report.LogFormat;
import millrace.loader.report.LogLines;
import millrace.loader.run.LoadListener;
import millrace.loader.run.LoadRecord;
import millrace.loader.run.LoadReport;
import millrace.loader.run.LoadRequest;
import millrace.loader.run.LoadRun;
import millrace.stream.Failpoint;
import millrace.stream.sink.BatchWriter;
import millrace.stream.sink.FollowedTable;
import millrace.stream.sink.Position;
import millrace.stream.sink.Positions;
import millrace.stream.source.ReplicationConnection;
import millrace.stream.source.SchemaChange;
import millrace.stream.source.ServerIdentity;
import millrace.stream.source.SourceDatabase;

/**
 * Copies all tables as of the moment at which a new slot begins: every commit is either in the copy or in the stream. That it
 * has begun is written down first, so that a slot is known for one's own when the copy was interrupted.
 */
final class FirstCopy {
    private final Setup setup;
    private final ClickHouseHttp http;
    private final Positions positions;
    private final FollowState state;

    FirstCopy(Setup setup, ClickHouseHttp http, Positions positions, FollowState state) {
        this.setup = requireNonNull(setup, "setup is null");
        this.http = requireNonNull(http, "http is null");
        this.positions = requireNonNull(positions, "positions is null");
        this.state = requireNonNull(state, "state is null");
    }

    /**
     * @param before where the stream was, or an interrupted first copy
     * @param change why all is copied anew
     */
    Position run(
            SourceDatabase database,
            ReplicationConnection replication,
            Optional<Position> before,
            Optional<SchemaChange> change) {
        String slot = setup.options().slot();
        ServerIdentity server = replication.identify();
        refuseUnknownSlot(database, before, slot);
        ClickHouseSink sink = new ClickHouseSink(setup.target());
        sink.init(setup.database());
        positions.init(setup.options().database());
        Position begun = new Position(
                before.map(Position::generation).orElse(0L) + 1, slot, server.system(), server.timeline(), 0);
        change.ifPresent(
                found -> positions.note(found, before.map(Position::applied).orElse(0L)));
        positions.write(begun, 0);
        if (database.slot(slot).isPresent()) {
            database.dropSlot(slot);
        }
        state.enter(FollowState.Phase.COPYING);
        try (SourceDatabase locks = new SourceDatabase(setup.source())) {
            List<TableName> sources =
                    setup.entries().stream().map(TableEntry::source).toList();
            // What is rewritten before it has been read would read as empty, and the stream would not send it.
            locks.lock(sources);
            ReplicationConnection.NewSlot made = replication.createSlot(slot);
            Failpoint.AFTER_SLOT.reach();
            List<FollowedTable> tables = Tables.followed(setup, database, sink.timeLimits());
            LoadRequest request = Tables.copy(
                    setup, database.shapes(sources), "follow-" + setup.pipeline() + "-" + begun.generation());
            LoadReport report = new LoadRun(
                            PostgresSource.at(setup.source(), made.snapshot()), sink, new Progress(tables))
                    .run(request);
            report.failure().ifPresent(failure -> {
                throw failure;
            });
            Failpoint.AFTER_COPY.reach();
            positions.writeShapes(tables, begun.generation());
            Position complete = begun.at(made.consistent());
            positions.write(complete, 0);
            return complete;
        }
    }

    private static void refuseUnknownSlot(SourceDatabase database, Optional<Position> before, String slot) {
        if (database.slot(slot).isEmpty()) {
            return;
        }
        if (before.isEmpty() || !before.get().slot().equals(slot)) {
            throw Failure.running(
                    "slot-unknown",
                    "The replication slot " + slot + " exists, but ClickHouse has no position of it: changes may be"
                            + " missing.",
                    "If nothing else reads from it, \"follow drop\" removes it; then \"follow run\" copies all tables anew.");
        }
    }

    private final class Progress implements LoadListener {
        private final List<FollowedTable> tables;
        private final LogLines log = new LogLines(System.err, LogFormat.TEXT, Duration.ofSeconds(10));

        private Progress(List<FollowedTable> tables) {
            this.tables = tables;
        }

        @Override
        public void began(TablePlan table) {}

        @Override
        public void copied(TableName target, long rows, long bytes) {
            state.copied(rows);
        }

        @Override
        public void noted(TableName target, String sentence) {
            log.noted(target, sentence);
        }

        @Override
        public void noticed(String sentence) {
            log.noticed(sentence);
        }

        /** Readers see a table in its new shape as soon as it is published: the view of before may name columns that are gone. */
        @Override
        public void ended(LoadRecord load) {
            if (load.outcome() == LoadRecord.Outcome.DONE) {
                tables.stream()
                        .filter(table -> table.storage().equals(load.target()))
                        .forEach(table -> BatchWriter.createView(http, table));
            }
        }

        @Override
        public void retrying(Failure failure, Duration pause) {}
    }
}
