package millrace.loader.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import millrace.loader.codec.Mapping;
import millrace.loader.plan.ColumnSpec;
import millrace.loader.plan.TableName;
import millrace.loader.plan.TableOptions;
import millrace.loader.plan.TableSpec;
import org.junit.jupiter.api.Test;

class VerifierTest {
    private static final TableSpec KEYED = table(List.of("id"));
    private static final TableSpec UNKEYED = table(List.of());
    private static final Buckets BUCKETS = new Buckets(1, 100);

    private final Rows source = new Rows();
    private final Rows target = new Rows();

    private static TableSpec table(List<String> key) {
        return new TableSpec(
                new TableName("public", "t"),
                new TableName("raw", "t"),
                List.of(
                        new ColumnSpec("id", "text", Mapping.TEXT, false),
                        new ColumnSpec("v", "text", Mapping.TEXT, true)),
                key,
                TableOptions.NONE);
    }

    /** Rows in memory; a key's first letter is its bucket. */
    private static final class Rows implements Fingerprints {
        private final List<RowPrint> rows = new ArrayList<>();
        private boolean sumsAreOff;

        Rows add(String key, int id, int v) {
            rows.add(new RowPrint(key, List.of(BigInteger.valueOf(id), BigInteger.valueOf(v))));
            return this;
        }

        private static String bucket(RowPrint row) {
            return row.key().substring(0, Math.min(2, row.key().length()));
        }

        @Override
        public List<BucketSum> buckets(TableSpec table, Buckets buckets) {
            TreeMap<String, List<RowPrint>> byBucket = new TreeMap<>();
            rows.forEach(row -> byBucket.computeIfAbsent(bucket(row), key -> new ArrayList<>())
                    .add(row));
            return byBucket.entrySet().stream()
                    .map(entry -> new BucketSum(
                            entry.getKey(),
                            entry.getValue().size() + (sumsAreOff ? 1 : 0),
                            List.of(Verifier.sum(entry.getValue(), 0), Verifier.sum(entry.getValue(), 1))))
                    .toList();
        }

        @Override
        public List<RowPrint> rows(TableSpec table, Buckets buckets, String bucket) {
            return rows.stream().filter(row -> bucket(row).equals(bucket)).toList();
        }

        @Override
        public TableName name(TableSpec table) {
            return table.source();
        }
    }

    private List<String> sentences(TableSpec table) {
        return new Verifier(source, target)
                .compare(table, BUCKETS).differences().stream()
                        .map(Difference::sentence)
                        .toList();
    }

    @Test
    void acceptsTheSameRowsInAnyOrder() {
        source.add("=a", 1, 2).add("=b", 3, 4);
        target.add("=b", 3, 4).add("=a", 1, 2);
        assertTrue(new Verifier(source, target).compare(KEYED, BUCKETS).same());
    }

    @Test
    void namesRowsThatAreMissingSurplusOrChanged() {
        source.add("=a", 1, 2).add("=b", 3, 4).add("=c", 5, 6);
        target.add("=b", 3, 9).add("=c", 5, 6).add("=c", 5, 6).add("=d", 7, 8);
        assertEquals(
                List.of(
                        "the row id = a is missing",
                        "the row id = b differs in v",
                        "the row id = c is there twice instead of once",
                        "the row id = d is there once instead of never"),
                sentences(KEYED));
    }

    @Test
    void saysOnlyWhichColumnsDifferWithoutAKey() {
        source.add("", 1, 2).add("", 3, 4);
        target.add("", 1, 2).add("", 3, 5);
        assertEquals(List.of("rows differ in v; without a key nobody can say which"), sentences(UNKEYED));
    }

    @Test
    void doesNotTakeSumsThatDifferForTheSameRows() {
        source.add("=a", 1, 2);
        target.add("=a", 1, 2).sumsAreOff = true;
        assertEquals(1, sentences(KEYED).size());
        assertTrue(
                sentences(KEYED).get(0).contains("bucket \"=a\""),
                sentences(KEYED).get(0));
    }

    @Test
    void stopsAfterTheFirstFew() {
        for (int i = 0; i < 100; i++) {
            source.add("=" + (char) ('A' + i % 26) + i, i, i);
        }
        assertEquals(10, sentences(KEYED).size());
    }

    @Test
    void dividesLargeTablesIntoMoreBuckets() {
        assertEquals(0, Buckets.forRows(-1, 100).digits());
        assertEquals(1, Buckets.forRows(10_000, 100).digits());
        assertEquals(3, Buckets.forRows(10_000_000, 100).digits());
        assertEquals("199", Buckets.forRows(10, 10).end());
        assertEquals("", Buckets.forRows(10, 100).end());
    }
}
