package millrace.loader.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import millrace.loader.plan.ColumnSpec;
import millrace.loader.plan.TableSpec;

/** The rows of one key, on both sides. A table without a key has all its rows under the empty one. */
record RowComparison(TableSpec table, String key, List<RowPrint> expected, List<RowPrint> found) {
    Optional<Difference> difference() {
        if (!table.key().isEmpty() && found.isEmpty()) {
            return Optional.of(new Difference.Missing(shownKey()));
        }
        if (!table.key().isEmpty() && found.size() != expected.size()) {
            return Optional.of(new Difference.Surplus(shownKey(), found.size(), expected.size()));
        }
        List<String> columns = changedColumns();
        if (columns.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                table.key().isEmpty() ? new Difference.Unkeyed(columns) : new Difference.Changed(shownKey(), columns));
    }

    /** The fingerprints mark each key column's value with an equals sign, to tell a text from NULL. */
    private String shownKey() {
        String values = key.replace(", =", ", ").replaceFirst("^=", "");
        String names = String.join(", ", table.key());
        return table.key().size() == 1 ? names + " = " + values : "(" + names + ") = (" + values + ")";
    }

    private List<String> changedColumns() {
        List<ColumnSpec> columns = table.columns();
        List<String> changed = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (!Verifier.sum(expected, i).equals(Verifier.sum(found, i))) {
                changed.add(columns.get(i).name());
            }
        }
        return changed;
    }
}
