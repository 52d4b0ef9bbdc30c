package millrace.loader.verify;

import static java.util.Objects.requireNonNull;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import millrace.loader.plan.TableSpec;

/** Compares tables by their fingerprints, and looks into buckets that differ until it can name rows. */
public final class Verifier {
    /** Enough to see what is wrong. */
    private static final int MOST_DIFFERENCES = 10;

    private final Fingerprints source;
    private final Fingerprints target;

    public Verifier(Fingerprints source, Fingerprints target) {
        this.source = requireNonNull(source, "source is null");
        this.target = requireNonNull(target, "target is null");
    }

    public TableComparison compare(TableSpec table, Buckets buckets) {
        CompletableFuture<List<BucketSum>> there = CompletableFuture.supplyAsync(() -> target.buckets(table, buckets));
        Map<String, BucketSum> expected = byBucket(source.buckets(table, buckets));
        Map<String, BucketSum> found = byBucket(there.join());
        List<Difference> differences = new ArrayList<>();
        TreeSet<String> all = new TreeSet<>(expected.keySet());
        all.addAll(found.keySet());
        for (String bucket : all) {
            if (differences.size() < MOST_DIFFERENCES && !same(expected.get(bucket), found.get(bucket))) {
                differences.addAll(lookInto(table, buckets, bucket));
            }
        }
        return new TableComparison(
                source.name(table),
                target.name(table),
                rows(expected),
                rows(found),
                differences.subList(0, Math.min(differences.size(), MOST_DIFFERENCES)));
    }

    private static boolean same(BucketSum expected, BucketSum found) {
        return expected != null && expected.equals(found);
    }

    private static Map<String, BucketSum> byBucket(List<BucketSum> sums) {
        Map<String, BucketSum> byBucket = new HashMap<>();
        sums.forEach(sum -> byBucket.put(sum.bucket(), sum));
        return byBucket;
    }

    private static long rows(Map<String, BucketSum> sums) {
        return sums.values().stream().mapToLong(BucketSum::rows).sum();
    }

    private List<Difference> lookInto(TableSpec table, Buckets buckets, String bucket) {
        Map<String, List<RowPrint>> expected = byKey(source.rows(table, buckets, bucket));
        Map<String, List<RowPrint>> found = byKey(target.rows(table, buckets, bucket));
        TreeSet<String> keys = new TreeSet<>(expected.keySet());
        keys.addAll(found.keySet());
        List<Difference> differences = new ArrayList<>();
        for (String key : keys) {
            RowComparison comparison = new RowComparison(
                    table, key, expected.getOrDefault(key, List.of()), found.getOrDefault(key, List.of()));
            comparison.difference().ifPresent(differences::add);
        }
        return differences.isEmpty() ? List.of(new Difference.Fleeting(bucket)) : differences;
    }

    private static Map<String, List<RowPrint>> byKey(List<RowPrint> rows) {
        Map<String, List<RowPrint>> byKey = new TreeMap<>();
        rows.forEach(row ->
                byKey.computeIfAbsent(row.key(), key -> new ArrayList<>()).add(row));
        return byKey;
    }

    static BigInteger sum(List<RowPrint> rows, int column) {
        return rows.stream().map(row -> row.prints().get(column)).reduce(BigInteger.ZERO, BigInteger::add);
    }
}
