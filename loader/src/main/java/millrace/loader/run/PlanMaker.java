package millrace.loader.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import millrace.contract.failure.Problems;
import millrace.contract.failure.Suggestion;
import millrace.contract.pipeline.LoadMode;
import millrace.contract.pipeline.Spelling;
import millrace.contract.pipeline.TableEntry;
import millrace.contract.pipeline.TableName;
import millrace.loader.codec.TimeLimits;
import millrace.loader.codec.TypeMappings;
import millrace.loader.plan.ColumnPlanner;
import millrace.loader.plan.ColumnSpec;
import millrace.loader.plan.Incremental;
import millrace.loader.plan.Planner;
import millrace.loader.plan.SourceColumn;
import millrace.loader.plan.SourceTable;
import millrace.loader.plan.TablePlan;
import millrace.loader.plan.TableSpec;

/** Holds the pipeline file against what the source has, and plans what both agree on. */
public final class PlanMaker {
    private final Snapshot snapshot;
    private final Problems problems;

    private PlanMaker(Snapshot snapshot, Problems problems) {
        this.snapshot = snapshot;
        this.problems = problems;
    }

    /**
     * Plans the tables of a request.
     *
     * @throws millrace.contract.failure.Failure with all tables and columns that the source does not have
     */
    public static List<TablePlan> plan(LoadRequest request, Snapshot snapshot, TimeLimits limits) {
        PlanMaker maker = new PlanMaker(snapshot, new Problems(request.file()));
        int moneyScale = usesMoney(snapshot) ? snapshot.moneyScale() : 2;
        ColumnPlanner columns = new ColumnPlanner(new TypeMappings(limits, moneyScale));
        Planner planner = new Planner(columns, request.workers());
        List<TablePlan> plans = new ArrayList<>();
        for (TableEntry entry : request.tables()) {
            maker.plan(entry, planner).ifPresent(plans::add);
        }
        maker.problems.refuse();
        return plans;
    }

    private static boolean usesMoney(Snapshot snapshot) {
        return snapshot.tables().values().stream()
                .flatMap(table -> table.columns().stream())
                .anyMatch(column -> column.type().isMoney());
    }

    private Optional<TablePlan> plan(TableEntry entry, Planner planner) {
        SourceTable table = snapshot.tables().get(entry.source());
        if (table == null) {
            addMissing(entry);
            return Optional.empty();
        }
        if (table.columns().isEmpty()) {
            problems.add(entry.line(), "The table " + entry.source() + " has no columns.");
            return Optional.empty();
        }
        List<String> key = entry.options().key().isEmpty()
                ? table.primaryKey()
                : entry.options().key();
        if (!hasColumns(entry, table, key) | !new ColumnCheck(planner.columns(), problems).passes(entry, table, key)) {
            return Optional.empty();
        }
        TableSpec spec = planner.spec(table, entry.target(), key, entry.options());
        spec.mode().increments().ifPresent(incremental -> refuseIncremental(entry, table, spec, incremental));
        if (!spec.options().where().isEmpty()) {
            snapshot.objection(spec)
                    .ifPresent(reason -> problems.add(
                            entry.line(),
                            "\"where\" of " + entry.source() + " is no condition of Postgres: " + reason));
        }
        long estimate = spec.options().where().isEmpty() ? table.estimatedRows() : -1;
        return Optional.of(TablePlan.whole(spec, planner.slices(table), estimate));
    }

    private void refuseIncremental(TableEntry entry, SourceTable table, TableSpec spec, LoadMode.Incremental mode) {
        if (!table.keepsRows()) {
            problems.add(
                    entry.line(),
                    entry.source() + " cannot be incremental: only a table's rows tell when they were made.");
        } else if (spec.key().isEmpty()) {
            problems.add(
                    entry.line(),
                    entry.source() + " has no primary key; to be incremental it needs a \"key\" that is unique.");
        }
        spec.column(mode.cursor())
                .ifPresentOrElse(
                        column -> {
                            if (!Incremental.canBeCursor(column)) {
                                problems.add(
                                        entry.line(),
                                        "The column " + column.name() + " (" + column.sourceType()
                                                + ") cannot be a cursor: choose a number or a time.");
                            }
                        },
                        () -> problems.add(
                                entry.line(),
                                "The table " + entry.source() + " has no column \"" + mode.cursor() + "\"; "
                                        + Suggestion.among(
                                                spec.columns().stream()
                                                        .map(ColumnSpec::name)
                                                        .toList(),
                                                mode.cursor(),
                                                Spelling::yaml)));
    }

    /** Adds a problem for each of the tables that the source does not have. */
    public static void addMissing(List<TableEntry> tables, Snapshot snapshot, Problems problems) {
        PlanMaker maker = new PlanMaker(snapshot, problems);
        tables.stream()
                .filter(entry -> !snapshot.tables().containsKey(entry.source()))
                .forEach(maker::addMissing);
    }

    private void addMissing(TableEntry entry) {
        String schema = entry.source().schema();
        String suggestion = Suggestion.among(
                snapshot.tableNames(schema),
                entry.source().table(),
                table -> entry.line() == 0
                        ? Spelling.onCommandLine(new TableName(schema, table), "public")
                        : Spelling.inFile(table));
        problems.add(entry.line(), "Postgres has no table " + entry.source() + "; " + suggestion);
    }

    private boolean hasColumns(TableEntry entry, SourceTable table, List<String> key) {
        List<String> columns = table.columns().stream().map(SourceColumn::name).toList();
        for (String column : key) {
            if (!columns.contains(column)) {
                problems.add(
                        entry.line(),
                        "The table " + entry.source() + " has no column \"" + column + "\"; "
                                + Suggestion.among(columns, column, Spelling::yaml));
            }
        }
        return columns.containsAll(key);
    }
}
