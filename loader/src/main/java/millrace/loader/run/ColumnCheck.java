package millrace.loader.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.contract.failure.Problems;
import millrace.contract.failure.Suggestion;
import millrace.contract.pipeline.ColumnOptions;
import millrace.contract.pipeline.LoadMode;
import millrace.contract.pipeline.OnRefusal;
import millrace.contract.pipeline.Spelling;
import millrace.contract.pipeline.TableEntry;
import millrace.loader.plan.ColumnPlanner;
import millrace.loader.plan.SourceColumn;
import millrace.loader.plan.SourceTable;

/** Holds what the pipeline file says of columns against the columns that the source has. */
record ColumnCheck(ColumnPlanner planner, Problems problems) {
    /** Whether all columns can be as they shall be; for each that cannot there is one more problem. */
    boolean passes(TableEntry entry, SourceTable table, List<String> key) {
        Map<String, SourceColumn> columns = new LinkedHashMap<>();
        table.columns().forEach(column -> columns.put(column.name(), column));
        boolean passes = true;
        for (Map.Entry<String, ColumnOptions> named : entry.options().columns().entrySet()) {
            String name = named.getKey();
            ColumnOptions options = named.getValue();
            Optional<String> problem = columns.containsKey(name)
                    ? planner.problem(columns.get(name), options)
                            .or(() -> dropped(entry.options().mode(), key, name, options))
                            .or(() -> incremental(entry.options().mode(), key, name, options))
                    : Optional.of("The table " + entry.source() + " has no column \"" + name + "\"; "
                            + Suggestion.among(columns.keySet(), name, Spelling::yaml));
            problem.ifPresent(sentence -> problems.add(options.line(), sentence));
            passes &= problem.isEmpty();
        }
        return passes & hasOthers(entry, table) & rowId(entry, columns, key);
    }

    private boolean hasOthers(TableEntry entry, SourceTable table) {
        if (table.columns().stream()
                .allMatch(column -> entry.options().column(column.name()).drop())) {
            problems.add(entry.line(), "All columns of the table " + entry.source() + " are dropped.");
            return false;
        }
        return true;
    }

    private boolean rowId(TableEntry entry, Map<String, SourceColumn> columns, List<String> key) {
        String name = entry.options().rowId();
        if (name.isEmpty()) {
            return true;
        }
        boolean isTaken =
                columns.containsKey(name) && !entry.options().column(name).drop();
        if (isTaken) {
            problems.add(
                    entry.line(),
                    "The table " + entry.source() + " has a column \"" + name
                            + "\" itself: give \"row_id\" another name.");
        }
        if (key.isEmpty()) {
            problems.add(
                    entry.line(),
                    entry.source() + " has no primary key; for a \"row_id\" it needs a \"key\" that is unique.");
        }
        return !isTaken && !key.isEmpty();
    }

    private static Optional<String> dropped(LoadMode mode, List<String> key, String name, ColumnOptions options) {
        String cursor = mode.increments().map(LoadMode.Incremental::cursor).orElse("");
        if (options.drop() && (key.contains(name) || name.equals(cursor))) {
            return Optional.of("Column " + name + " is part of the key or the cursor, so it cannot be dropped.");
        }
        return options.hash() && name.equals(cursor)
                ? Optional.of("Column " + name + " is the cursor, so it cannot be hashed.")
                : Optional.empty();
    }

    /** Rows are found again by their key, and ranges of them by the cursor: both must keep every value. */
    private static Optional<String> incremental(LoadMode mode, List<String> key, String name, ColumnOptions options) {
        Optional<LoadMode.Incremental> incremental = mode.increments();
        if (incremental.isEmpty()) {
            return Optional.empty();
        }
        if (name.equals(incremental.get().cursor())
                && !(options.type().isEmpty() && options.onRefusal() == OnRefusal.STOP)) {
            return Optional.of("Column " + name + " is the cursor: leave its \"type\" and \"on_refusal\" out.");
        }
        return key.contains(name) && options.onRefusal() == OnRefusal.NULL
                ? Optional.of("Column " + name + " is part of the key of an incremental table, so none of its values"
                        + " may become NULL.")
                : Optional.empty();
    }
}
