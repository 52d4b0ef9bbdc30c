package millrace.stream.run;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import millrace.contract.failure.Failure;
import millrace.contract.pipeline.TableEntry;
import millrace.contract.pipeline.TableName;
import millrace.loader.clickhouse.ClickHouseHttp;
import millrace.loader.clickhouse.ClickHouseSink;
import millrace.loader.postgres.PostgresSource;
import millrace.loader.run.LoadReport;
import millrace.loader.run.LoadRequest;
import millrace.loader.run.LoadRun;
import millrace.stream.failpoint.Failpoint;
import millrace.stream.sink.FollowedTable;
import millrace.stream.sink.Position;
import millrace.stream.sink.Positions;
import millrace.stream.sink.Views;
import millrace.stream.source.ReplicationConnection;
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
     * @param entries the tables that are copied
     * @param before where the stream was, or an interrupted first copy
     * @param gap why they are copied anew
     */
    Position run(
            SourceDatabase database,
            ReplicationConnection replication,
            List<TableEntry> entries,
            Optional<Position> before,
            Optional<Gap> gap) {
        String slot = setup.options().slot();
        ServerIdentity server = replication.identify();
        refuseUnknownSlot(database, before, slot);
        ClickHouseSink sink = new ClickHouseSink(setup.target());
        sink.init(setup.readers());
        positions.init(setup.options().database());
        Position begun = new Position(
                before.map(Position::generation).orElse(0L) + 1, slot, server.system(), server.timeline(), 0);
        gap.ifPresent(found -> positions.note(
                "*", found.sentence(), before.map(Position::applied).orElse(0L)));
        positions.leaveAll(begun.generation());
        positions.write(begun, 0);
        if (database.slot(slot).isPresent()) {
            database.dropSlot(slot);
        }
        state.enter(FollowState.Phase.COPYING);
        List<TableName> sources = entries.stream().map(TableEntry::source).toList();
        sources.forEach(source -> state.table(source, TableStatus.copying()));
        try (CopyMoment moment = CopyMoment.take(setup, sources, () -> replication.createSlot(slot))) {
            Failpoint.AFTER_SLOT.reach();
            List<FollowedTable> tables = Tables.followed(setup, entries, moment.shapes(), sink.timeLimits());
            for (FollowedTable table : tables) {
                Conditions.refusal(http, table.spec(), table.conditions()).ifPresent(refusal -> {
                    throw refusal;
                });
            }
            LoadRequest request = Tables.copy(
                    setup, entries, moment.shapes(), "follow-" + setup.pipeline() + "-" + begun.generation());
            CopyProgress progress = new CopyProgress(state, ready -> {}, target -> createView(tables, target));
            LoadReport report = new LoadRun(
                            PostgresSource.at(setup.source(), moment.slot().snapshot()), sink, progress)
                    .run(request);
            report.failure().ifPresent(failure -> {
                throw failure;
            });
            createReferringViews(tables);
            Failpoint.AFTER_COPY.reach();
            positions.follow(tables, begun.generation());
            Position complete = begun.at(moment.slot().consistent());
            positions.write(complete, 0);
            return complete;
        }
    }

    /** Readers see a table in its new shape as soon as it is published: the view of before may name columns that are gone. */
    private void createView(List<FollowedTable> tables, TableName target) {
        tables.stream()
                .filter(table -> table.storage().equals(target) && !table.refers())
                .forEach(table -> Views.create(http, setup.pipeline(), table));
    }

    /** Views that look into others are made when those are there. */
    private void createReferringViews(List<FollowedTable> tables) {
        List<FollowedTable> left =
                new ArrayList<>(tables.stream().filter(FollowedTable::refers).toList());
        while (!left.isEmpty()) {
            FollowedTable next = left.stream()
                    .filter(table -> left.stream().noneMatch(other -> table != other && table.looksInto(other)))
                    .findFirst()
                    .orElseThrow();
            Views.create(http, setup.pipeline(), next);
            left.remove(next);
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
}
