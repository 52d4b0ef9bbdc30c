package millrace.loader.run;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import millrace.contract.failure.Failure;
import millrace.contract.pipeline.LoadMode;
import millrace.loader.plan.ColumnSpec;
import millrace.loader.plan.Extent;
import millrace.loader.plan.Incremental;
import millrace.loader.plan.Ownership;
import millrace.loader.plan.Scope;
import millrace.loader.plan.ShapeChange;
import millrace.loader.plan.SyncState;
import millrace.loader.plan.TablePlan;
import millrace.loader.plan.TableSpec;
import millrace.loader.plan.TargetMark;
import millrace.loader.plan.TargetTable;

/** Holds plans against what the target has already: how its shape changes, and from where incremental tables go on. */
public record TargetFit(LoadRequest request, Snapshot snapshot, Sink sink) {
    public TargetFit {
        requireNonNull(request, "request is null");
        requireNonNull(snapshot, "snapshot is null");
        requireNonNull(sink, "sink is null");
    }

    /** @throws Failure with all tables that cannot be made, or are not the loader's to replace, or when one cannot go on from what the target has */
    public List<TablePlan> fit(List<TablePlan> plans, Survey survey) {
        refuseImpossible(plans);
        refuse(plans, survey);
        return plans.stream()
                .map(plan -> fit(
                        plan,
                        Optional.ofNullable(survey.tables().get(plan.spec().target()))))
                .toList();
    }

    private void refuse(List<TablePlan> plans, Survey survey) {
        List<String> problems = new ArrayList<>(survey.problems());
        boolean mayAdopt = true;
        for (TablePlan plan : plans) {
            TargetTable table = survey.tables().get(plan.spec().target());
            if (table != null) {
                Ownership ownership = new Ownership(request.pipeline(), plan.spec(), table);
                boolean adopts = request.adopt() || plan.spec().options().adopt();
                if (!ownership.isOurs() && !(adopts && ownership.canBeAdopted())) {
                    problems.add(ownership.sentence());
                    mayAdopt &= ownership.canBeAdopted();
                }
            }
        }
        if (!problems.isEmpty()) {
            throw Failure.configuration("target-not-ours", String.join("\n", problems), remedy(survey, mayAdopt));
        }
    }

    private static String remedy(Survey survey, boolean mayAdopt) {
        String nothing = "Nothing was published. ";
        if (!survey.problems().isEmpty()) {
            return nothing + "Choose another database.";
        }
        return nothing
                + (mayAdopt
                        ? "Choose another target, or take it over with --adopt, or \"adopt: true\" in the pipeline file: what is"
                                + " there is kept in the database millrace, under another name."
                        : "Choose another target, or drop or rename what is there: --adopt takes over tables and plain views.");
    }

    private void refuseImpossible(List<TablePlan> plans) {
        List<String> objections =
                sink.objections(plans.stream().map(TablePlan::spec).toList());
        if (!objections.isEmpty()) {
            throw Failure.configuration("impossible-name", String.join("\n", objections), "Nothing was changed.");
        }
    }

    private TablePlan fit(TablePlan plan, Optional<TargetTable> before) {
        List<ShapeChange> changes = before.filter(TargetTable::keepsParts)
                .map(table -> ShapeChange.between(table, plan.spec()))
                .orElse(List.of());
        return switch (plan.spec().mode()) {
            case LoadMode.Full() -> {
                refuseBackfill(plan.spec());
                yield with(plan, plan.extent(), before, changes, Optional.empty());
            }
            case LoadMode.Incremental mode -> incremental(plan, mode, before, changes);
        };
    }

    private TablePlan with(
            TablePlan plan,
            Extent extent,
            Optional<TargetTable> before,
            List<ShapeChange> changes,
            Optional<SyncState> state) {
        long estimate = extent.keepsRows() ? -1 : plan.estimatedRows();
        TargetMark mark = TargetMark.of(request.pipeline(), plan.spec(), state);
        return new TablePlan(plan.spec(), plan.slices(), estimate, extent, before, changes, Optional.of(mark));
    }

    private void refuseBackfill(TableSpec spec) {
        if (request.scope().fillsRange()) {
            throw Failure.configuration(
                    "no-cursor",
                    spec.source() + " is loaded whole each time, so it has no range to fill.",
                    "--from and --to are for tables with \"mode: incremental\": name them with --table.");
        }
    }

    private TablePlan incremental(
            TablePlan plan, LoadMode.Incremental mode, Optional<TargetTable> before, List<ShapeChange> changes) {
        Incremental incremental =
                new Incremental(snapshot.tables().get(plan.spec().source()), plan.spec(), snapshot.moment());
        Optional<SyncState> last = before.filter(
                        table -> new Ownership(request.pipeline(), plan.spec(), table).isOurs())
                .flatMap(TargetTable::state);
        Supplier<TablePlan> whole = () -> with(plan, plan.extent(), before, changes, Optional.of(incremental.state()));
        return switch (request.scope()) {
            case Scope.FullRefresh() -> whole.get();
            case Scope.Usual() -> {
                if (last.isEmpty()) {
                    yield whole.get();
                }
                refuseUnfit(plan, incremental, last, before, changes);
                Incremental.refuse(plan.spec().target(), before.orElseThrow());
                Extent extent = new Extent.SinceLast(last.get(), floor(plan.spec(), mode));
                yield with(plan, extent, before, changes, Optional.of(incremental.state()));
            }
            case Scope.Backfill range -> {
                refuseUnfit(plan, incremental, last, before, changes);
                yield with(plan, range(plan.spec(), mode, range, last), before, changes, last);
            }
        };
    }

    private static void refuseUnfit(
            TablePlan plan,
            Incremental incremental,
            Optional<SyncState> last,
            Optional<TargetTable> before,
            List<ShapeChange> changes) {
        last.ifPresent(incremental::refuse);
        refuseOtherRows(plan.spec(), before.flatMap(TargetTable::mark));
        incremental.refuse(changes);
    }

    private static void refuseOtherRows(TableSpec spec, Optional<TargetMark> mark) {
        if (mark.filter(own -> !own.hasRowsOf(spec)).isPresent()) {
            throw Failure.configuration(
                    "other-rows",
                    "The rows of " + spec.target()
                            + " were loaded with another \"where\", \"row_id\" or \"hash\" than the"
                            + " pipeline file says now.",
                    "Load it with --full-refresh, so that all of its rows are alike. Nothing was published.");
        }
    }

    private Optional<Extent.Floor> floor(TableSpec spec, LoadMode.Incremental mode) {
        return mode.lookback().isEmpty()
                ? Optional.empty()
                : sink.highest(spec.target(), mode.cursor())
                        .map(highest ->
                                new Extent.Floor(spec.column(mode.cursor()).orElseThrow(), highest, mode.lookback()));
    }

    private Extent range(TableSpec spec, LoadMode.Incremental mode, Scope.Backfill range, Optional<SyncState> last) {
        if (last.isEmpty()) {
            throw Failure.running(
                    "not-loaded",
                    spec.target() + " has not been loaded yet, so no range of it can be filled again.",
                    "Load it without --from and --to first.");
        }
        ColumnSpec column = spec.column(mode.cursor()).orElseThrow();
        return new Extent.Range(
                column, snapshot.canonical(column, range.from()), snapshot.canonical(column, range.to()));
    }
}
