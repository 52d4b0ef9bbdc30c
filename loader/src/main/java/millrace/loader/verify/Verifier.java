package millrace.loader.verify;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import millrace.contract.failure.Failure;
import millrace.loader.concurrent.Async;
import millrace.loader.plan.TablePlan;
import millrace.loader.plan.TableSpec;

/** Compares tables by their fingerprints, and looks into buckets that differ until it can name rows. */
public final class Verifier {
    /** Enough to see what is wrong. */
    private static final int MAX_DIFFERENCES = 10;

    /** So many rows of each side are held in memory at most, unless a single bucket has more. */
    private static final long MAX_ROWS = 20_000;

    /** Keys in the order of their names, NULL first. */
    private static final Comparator<List<String>> BY_VALUE = (first, second) -> {
        for (int i = 0; i < Math.min(first.size(), second.size()); i++) {
            int order = Comparator.nullsFirst(Comparator.<String>naturalOrder()).compare(first.get(i), second.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(first.size(), second.size());
    };

    private final Fingerprints source;
    private final Fingerprints target;

    public Verifier(Fingerprints source, Fingerprints target) {
        this.source = requireNonNull(source, "source is null");
        this.target = requireNonNull(target, "target is null");
    }

    /**
     * Compares one table; a failure that is about this table is its outcome.
     *
     * @param share the percentage of its buckets that is compared
     * @param progress is told, by any thread, how many more rows have been read
     */
    public TableComparison compare(TablePlan table, int share, LongConsumer progress) {
        TableSpec spec = table.spec();
        try {
            List<Difference> misfits = target.misfits(spec);
            return misfits.isEmpty()
                    ? compareRows(table, share, progress)
                    : new TableComparison.Misfit(source.name(spec), target.name(spec), misfits);
        } catch (Failure failure) {
            return new TableComparison.Unknown(source.name(spec), target.name(spec), failure);
        }
    }

    private TableComparison compareRows(TablePlan table, int share, LongConsumer progress) {
        int end = Buckets.end(share);
        CompletableFuture<BucketSums> there = CompletableFuture.supplyAsync(() -> target.sums(table, end, progress));
        BucketSums expected = source.sums(table, end, progress);
        BucketSums found = Async.await(there);
        List<Integer> differing = expected.differing(found);
        TableSpec spec = table.spec();
        if (differing.isEmpty()) {
            return new TableComparison.Same(source.name(spec), target.name(spec), found.rows());
        }
        Set<Integer> chosen = few(differing, expected, found);
        List<Difference> differences = lookInto(table, chosen, chosen.size() == differing.size());
        return new TableComparison.Differs(
                source.name(spec),
                target.name(spec),
                expected.rows(),
                found.rows(),
                differences.isEmpty()
                        ? List.of(new Difference.Fleeting())
                        : differences.subList(0, Math.min(differences.size(), MAX_DIFFERENCES)));
    }

    private static Set<Integer> few(List<Integer> differing, BucketSums expected, BucketSums found) {
        Set<Integer> chosen = new LinkedHashSet<>();
        long rows = 0;
        for (int bucket : differing) {
            rows += Math.max(expected.rows(bucket), found.rows(bucket));
            if (rows > MAX_ROWS && !chosen.isEmpty()) {
                break;
            }
            chosen.add(bucket);
        }
        return chosen;
    }

    /** @param all whether these are all buckets that differ */
    private List<Difference> lookInto(TablePlan table, Set<Integer> buckets, boolean all) {
        List<RowPrint> expected = source.rows(table, buckets);
        List<RowPrint> found = target.rows(table, buckets);
        return table.spec().key().isEmpty()
                ? unkeyed(table.spec(), UnmatchedRows.of(expected, found), all)
                : keyed(table.spec(), byKey(expected), byKey(found));
    }

    private static List<Difference> unkeyed(TableSpec table, UnmatchedRows rows, boolean all) {
        int missing = rows.missing().size();
        int surplus = rows.surplus().size();
        if (rows.none()) {
            return List.of();
        }
        return List.of(
                all && missing == surplus
                        ? new Difference.Unkeyed(missing, rows.columns(table))
                        : new Difference.Unmatched(missing, surplus));
    }

    private static List<Difference> keyed(
            TableSpec table, Map<List<String>, List<RowPrint>> expected, Map<List<String>, List<RowPrint>> found) {
        Set<List<String>> keys = new TreeSet<>(BY_VALUE);
        keys.addAll(expected.keySet());
        keys.addAll(found.keySet());
        List<Difference> differences = new ArrayList<>();
        for (List<String> key : keys) {
            new RowComparison(table, key, expected.getOrDefault(key, List.of()), found.getOrDefault(key, List.of()))
                    .difference()
                    .ifPresent(differences::add);
        }
        return differences;
    }

    private static Map<List<String>, List<RowPrint>> byKey(List<RowPrint> rows) {
        Map<List<String>, List<RowPrint>> byKey = new TreeMap<>(BY_VALUE);
        rows.forEach(row ->
                byKey.computeIfAbsent(row.key(), key -> new ArrayList<>()).add(row));
        return byKey;
    }
}
