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
import millrace.stream.source.SourceDatabase;
import millrace.stream.source.TableShape;

/** Plans how the tables of a pipeline are copied and followed: as the loader plans its loads. */
final class Tables {
    private static final int MOST_WORKERS = 4;

    private Tables() {}

    /** The copy of all tables into those that keep their changes. */
    static LoadRequest copy(Setup setup, Map<TableName, TableShape> shapes, String run) {
        List<TableEntry> entries = setup.entries().stream()
                .map(entry -> FollowedTable.copied(
                        entry, shapes.get(entry.source()), setup.options().database()))
                .toList();
        int workers = Math.min(MOST_WORKERS, Math.max(2, Runtime.getRuntime().availableProcessors()));
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

    static List<FollowedTable> followed(Setup setup, SourceDatabase database, TimeLimits limits) {
        List<TableEntry> entries = setup.entries();
        List<TableName> sources = entries.stream().map(TableEntry::source).toList();
        Map<TableName, TableShape> shapes = database.shapes(sources);
        List<FollowedTable> followed = new ArrayList<>();
        try (Snapshot snapshot = new PostgresSource(setup.source()).open(sources)) {
            List<TablePlan> plans = PlanMaker.plan(copy(setup, shapes, ""), snapshot, limits);
            for (int i = 0; i < plans.size(); i++) {
                TableShape shape = shapes.get(plans.get(i).spec().source());
                followed.add(new FollowedTable(
                        shape, entries.get(i).target(), plans.get(i).spec()));
            }
        }
        return followed;
    }
}
