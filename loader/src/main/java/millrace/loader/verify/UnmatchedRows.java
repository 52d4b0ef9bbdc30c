package millrace.loader.verify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import millrace.loader.plan.TableSpec;

/**
 * What is left of the rows of two sides when those that are the same have been paired off.
 *
 * @param missing rows of the source
 * @param surplus rows of the target
 */
record UnmatchedRows(List<RowPrint> missing, List<RowPrint> surplus) {
    static UnmatchedRows of(List<RowPrint> expected, List<RowPrint> found) {
        return new UnmatchedRows(without(expected, found), without(found, expected));
    }

    private static List<RowPrint> without(List<RowPrint> rows, List<RowPrint> others) {
        Map<List<Long>, Integer> left = new HashMap<>();
        others.forEach(row -> left.merge(row.prints(), 1, Integer::sum));
        List<RowPrint> unmatched = new ArrayList<>();
        for (RowPrint row : rows) {
            if (left.merge(row.prints(), -1, Integer::sum) < 0) {
                unmatched.add(row);
            }
        }
        return unmatched;
    }

    boolean none() {
        return missing.isEmpty() && surplus.isEmpty();
    }

    /** The columns with other values or, where only their combinations are others, with several. */
    List<String> columns(TableSpec table) {
        List<String> changed = names(table, column -> sum(missing, column) != sum(surplus, column));
        return changed.isEmpty()
                ? names(
                        table,
                        column -> missing.stream()
                                        .map(row -> row.prints().get(column))
                                        .distinct()
                                        .count()
                                > 1)
                : changed;
    }

    private static List<String> names(TableSpec table, IntPredicate chosen) {
        return IntStream.range(0, table.columns().size())
                .filter(chosen)
                .mapToObj(column -> table.columns().get(column).name())
                .toList();
    }

    private static long sum(List<RowPrint> rows, int column) {
        return rows.stream().mapToLong(row -> row.prints().get(column)).sum();
    }
}
