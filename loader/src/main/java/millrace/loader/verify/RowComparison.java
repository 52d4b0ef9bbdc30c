package millrace.loader.verify;

import java.util.List;
import java.util.Optional;
import millrace.loader.plan.TableSpec;

/** The rows of one key, on both sides. */
record RowComparison(TableSpec table, List<String> key, List<RowPrint> expected, List<RowPrint> found) {
    /** Longer values are cut off in messages. */
    private static final int LONGEST_VALUE = 200;

    Optional<Difference> difference() {
        if (found.isEmpty()) {
            return Optional.of(new Difference.Missing(shownKey()));
        }
        if (found.size() != expected.size()) {
            return Optional.of(new Difference.Surplus(shownKey(), found.size(), expected.size()));
        }
        UnmatchedRows unmatched = UnmatchedRows.of(expected, found);
        return unmatched.none()
                ? Optional.empty()
                : Optional.of(new Difference.Changed(shownKey(), unmatched.columns(table)));
    }

    private String shownKey() {
        String values = String.join(", ", key.stream().map(RowComparison::shown).toList());
        String names = String.join(", ", table.key());
        return table.key().size() == 1 ? names + " = " + values : "(" + names + ") = (" + values + ")";
    }

    private static String shown(String value) {
        if (value == null) {
            return "NULL";
        }
        return value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE) + "…";
    }
}
