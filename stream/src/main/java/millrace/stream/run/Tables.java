package millrace.stream.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import millrace.contract.pipeline.TableEntry;
import millrace.contract.pipeline.TableName;
import millrace.loader.codec.TimeLimits;
import millrace.loader.plan.Scope;
import millrace.loader.plan.TablePlan;
import millrace.loader.postgres.PostgresSource;
import millrace.loader.run.LoadRequest;
import millrace.loader.run.PlanMaker;
import millrace.loader.run.Snapshot;
import millrace.stream.sink.FollowedTable;
import millrace.stream.source.TableShape;

/** Plans how tables of a pipeline are copied and followed: as the loader plans its loads. */
final class Tables {
    private static final int MAX_WORKERS = 4;

    private Tables() {}

    /** The copy of tables into those that keep their changes. */
    static LoadRequest copy(Setup setup, List<TableEntry> tables, Map<TableName, TableShape> shapes, String run) {
        return copy(setup, tables, shapes, run, setup.options().database());
    }

    /** The same into tables of another database. */
    static LoadRequest copy(
            Setup setup, List<TableEntry> tables, Map<TableName, TableShape> shapes, String run, String database) {
        List<TableEntry> entries = tables.stream()
                .map(entry -> FollowedTable.copied(entry, shapes.get(entry.source()), database))
                .toList();
        int workers = Math.min(MAX_WORKERS, Math.max(2, Runtime.getRuntime().availableProcessors()));
        return new LoadRequest(
                run,
                setup.pipeline(),
                setup.configuration().pipeline().file(),
                entries,
                new Scope.FullRefresh(),
                false,
                workers,
                0);
    }

    /** @param shapes has all of the tables */
    static List<FollowedTable> followed(
            Setup setup, List<TableEntry> entries, Map<TableName, TableShape> shapes, TimeLimits limits) {
        if (entries.isEmpty()) {
            return List.of();
        }
        List<TableName> sources = entries.stream().map(TableEntry::source).toList();
        List<FollowedTable> followed = new ArrayList<>();
        Conditions conditions = new Conditions(setup.entries());
        try (Snapshot snapshot = new PostgresSource(setup.source()).open(sources)) {
            List<TablePlan> plans = PlanMaker.plan(copy(setup, entries, shapes, ""), snapshot, limits);
            for (int i = 0; i < plans.size(); i++) {
                TableShape shape = shapes.get(plans.get(i).spec().source());
                followed.add(new FollowedTable(
                        shape, entries.get(i).target(), plans.get(i).spec(), conditions.of(entries.get(i))));
            }
        }
        return followed;
    }
}
