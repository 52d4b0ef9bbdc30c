package millrace.loader.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import millrace.contract.failure.Failure;
import millrace.contract.pipeline.TableName;
import millrace.contract.pipeline.TableOptions;
import millrace.loader.codec.Mapping;
import millrace.loader.plan.ColumnSpec;
import millrace.loader.plan.Slice;
import millrace.loader.plan.TablePlan;
import millrace.loader.plan.TableSpec;
import org.junit.jupiter.api.Test;

class VerifierTest {
    private static final TablePlan KEYED = table(List.of("id"));
    private static final TablePlan UNKEYED = table(List.of());

    private final Rows source = new Rows();
    private final Rows target = new Rows();

    private static TablePlan table(List<String> key) {
        TableSpec spec = new TableSpec(
                new TableName("public", "t"),
                new TableName("raw", "t"),
                List.of(
                        new ColumnSpec("id", "text", Mapping.TEXT, false),
                        new ColumnSpec("v", "text", Mapping.TEXT, true),
                        new ColumnSpec("w", "text", Mapping.TEXT, true)),
                key,
                TableOptions.NONE);
        return TablePlan.whole(spec, List.of(Slice.WHOLE), 10);
    }

    /** Rows in memory; a key's first letter is its bucket, or what the row adds up to. */
    private static final class Rows implements Fingerprints {
        private final List<RowPrint> rows = new ArrayList<>();
        private final List<Difference> misfits = new ArrayList<>();
        private boolean sumsAreOff;
        private Failure failure;

        /** @param key null for none */
        Rows add(String key, long... prints) {
            rows.add(new RowPrint(
                    key == null ? List.of() : Arrays.asList(key),
                    LongStream.of(prints).boxed().toList()));
            return this;
        }

        private static int bucket(RowPrint row) {
            return row.key().isEmpty() ? (int) hash(row) : row.key().get(0).charAt(0);
        }

        /** Squared: sums of what is linear cannot tell swapped values. */
        private static long hash(RowPrint row) {
            long hash = row.prints().hashCode();
            return hash * hash & 0xFFFF;
        }

        @Override
        public List<Difference> misfits(TableSpec table) {
            return misfits;
        }

        @Override
        public BucketSums sums(TablePlan table, int end, LongConsumer progress) {
            if (failure != null) {
                throw failure;
            }
            BucketSums sums = new BucketSums();
            rows.forEach(row -> sums.add(bucket(row), 1, 0, hash(row) + (sumsAreOff ? 1 : 0)));
            return sums;
        }

        @Override
        public List<RowPrint> rows(TablePlan table, Set<Integer> buckets) {
            return rows.stream().filter(row -> buckets.contains(bucket(row))).toList();
        }

        @Override
        public TableName name(TableSpec table) {
            return table.source();
        }
    }

    private TableComparison compare(TablePlan table) {
        return new Verifier(source, target).compare(table, 100, rows -> {});
    }

    private List<String> sentences(TablePlan table) {
        return assertInstanceOf(TableComparison.Differs.class, compare(table)).differences().stream()
                .map(Difference::sentence)
                .toList();
    }

    @Test
    void acceptsTheSameRowsInAnyOrder() {
        source.add("a", 1, 2, 0).add("b", 3, 4, 0);
        target.add("b", 3, 4, 0).add("a", 1, 2, 0);
        assertInstanceOf(TableComparison.Same.class, compare(KEYED));
    }

    @Test
    void namesRowsThatAreMissingSurplusOrChanged() {
        source.add("a", 1, 2, 0).add("b", 3, 4, 0).add("c", 5, 6, 0);
        target.add("b", 3, 9, 0).add("c", 5, 6, 0).add("c", 5, 6, 0).add("d", 7, 8, 0);
        assertEquals(
                List.of(
                        "the row id = a is missing",
                        "the row id = b differs in v",
                        "the row id = c is there twice instead of once",
                        "the row id = d is there once instead of never"),
                sentences(KEYED));
    }

    @Test
    void seesValuesSwappedBetweenRowsOfOneKey() {
        source.add("a", 1, 2, 5).add("a", 1, 3, 6);
        target.add("a", 1, 3, 5).add("a", 1, 2, 6);
        assertEquals(List.of("the row id = a differs in v, w"), sentences(KEYED));
    }

    @Test
    void saysOnlyWhichColumnsDifferWithoutAKey() {
        source.add(null, 1, 2, 0).add(null, 3, 4, 0);
        target.add(null, 1, 2, 0).add(null, 3, 5, 0);
        assertEquals(List.of("a row differs in v; without a key nobody can say which"), sentences(UNKEYED));
    }

    @Test
    void countsRowsThatAreDoubledWithoutAKey() {
        source.add(null, 1, 2, 0).add(null, 3, 4, 0);
        target.add(null, 1, 2, 0).add(null, 3, 4, 0).add(null, 3, 4, 0);
        assertEquals(
                List.of("of the rows that were looked at, 0 are missing and 1 is in the target only;"
                        + " without a key nobody can say which"),
                sentences(UNKEYED));
    }

    @Test
    void doesNotTakeSumsThatDifferForTheSameRows() {
        source.add("a", 1, 2, 0);
        target.add("a", 1, 2, 0).sumsAreOff = true;
        assertEquals(
                List.of("the checksums differed, but no row did a moment later: the table was written to meanwhile"),
                sentences(KEYED));
    }

    @Test
    void stopsAfterTheFirstFew() {
        for (int i = 0; i < 100; i++) {
            source.add((char) ('A' + i % 26) + "" + i, i, i, i);
        }
        assertEquals(10, sentences(KEYED).size());
    }

    @Test
    void comparesNoRowsOfAnotherShape() {
        source.add("a", 1, 2, 0);
        target.misfits.add(new Difference.Shape("the column v is missing"));
        TableComparison.Misfit misfit = assertInstanceOf(TableComparison.Misfit.class, compare(KEYED));
        assertEquals(target.misfits, misfit.differences());
    }

    @Test
    void saysWhyItCannotTell() {
        target.failure = Failure.running("clickhouse-error", "It failed.", "Look.");
        assertEquals(
                target.failure,
                assertInstanceOf(TableComparison.Unknown.class, compare(KEYED)).reason());
    }
}
