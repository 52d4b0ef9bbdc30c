package millrace.loader.clickhouse;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import millrace.contract.failure.Failure;
import millrace.contract.pipeline.TableName;
import millrace.loader.plan.ColumnSpec;
import millrace.loader.plan.TablePlan;
import millrace.loader.plan.TableSpec;
import millrace.loader.verify.BucketSums;
import millrace.loader.verify.Difference;
import millrace.loader.verify.Fingerprints;
import millrace.loader.verify.Frames;
import millrace.loader.verify.RowPrint;

/** Has ClickHouse hash the rows of published tables. */
final class ClickHouseFingerprints implements Fingerprints {
    /** Their rows are what a merge leaves of them. */
    private static final Set<String> MERGING = Set.of(
            "Replacing", "Collapsing", "VersionedCollapsing", "Summing", "Aggregating", "Coalescing", "Graphite");

    private final ClickHouseHttp http;

    ClickHouseFingerprints(ClickHouseHttp http) {
        this.http = http;
    }

    @Override
    public TableName name(TableSpec table) {
        return table.target();
    }

    @Override
    public List<Difference> misfits(TableSpec table) {
        Map<String, Column> found = columns(table.target());
        List<Difference> misfits = new ArrayList<>();
        for (ColumnSpec column : table.columns()) {
            Column own = found.remove(column.name());
            if (own == null) {
                misfits.add(new Difference.Shape("the column " + column.name() + " is missing"));
            } else if (!bare(own.type()).equals(bare(column.clickhouseType()))) {
                misfits.add(new Difference.Shape("the column " + column.name() + " is of the type " + own.type()
                        + " instead of " + column.clickhouseType()));
            }
        }
        found.forEach((name, column) -> {
            if (!column.fillsItself()) {
                misfits.add(new Difference.Shape("the column " + name + " is not in the source"));
            }
        });
        return misfits;
    }

    /** @param fillsItself whether it has a default, as columns have that were added beside the source's */
    private record Column(String type, boolean fillsItself) {}

    private Map<String, Column> columns(TableName table) {
        List<String[]> rows =
                rows("SELECT hex(name), hex(type), default_kind <> '' FROM system.columns WHERE database = "
                        + Ddl.literal(table.schema()) + " AND table = " + Ddl.literal(table.table())
                        + " ORDER BY position");
        if (rows.isEmpty()) {
            throw Failure.running(
                    "not-loaded",
                    "ClickHouse has no table " + table + " that the user may read.",
                    "Load it first, then verify.");
        }
        Map<String, Column> columns = new LinkedHashMap<>();
        rows.forEach(row -> columns.put(text(row[0]), new Column(text(row[1]), row[2].equals("1"))));
        return columns;
    }

    private static String text(String digits) {
        return new String(HexFormat.of().parseHex(digits), StandardCharsets.UTF_8);
    }

    /** A type without what its values do not show: whether there could be NULL, and how they are stored. */
    private static String bare(String type) {
        return type.replace("LowCardinality(", "")
                .replace("Nullable(", "")
                .replace(")", "")
                .replace(" ", "");
    }

    @Override
    public BucketSums sums(TablePlan table, int end, LongConsumer progress) {
        BucketSums sums = new BucketSums();
        for (String[] row : rows(query(table.spec()).sums(end))) {
            long high = Long.parseUnsignedLong(row[2].substring(0, 16), 16);
            long low = Long.parseUnsignedLong(row[2].substring(16), 16);
            sums.add(Integer.parseInt(row[0]), Long.parseLong(row[1]), high, low);
        }
        return sums;
    }

    @Override
    public List<RowPrint> rows(TablePlan table, Set<Integer> buckets) {
        return rows(query(table.spec()).rows(buckets)).stream()
                .map(ClickHouseFingerprints::print)
                .toList();
    }

    private static RowPrint print(String[] row) {
        byte[] key = HexFormat.of().parseHex(row[0]);
        List<Long> prints = new ArrayList<>(row[1].length() / 16);
        for (int i = 0; i < row[1].length(); i += 16) {
            prints.add(Long.parseUnsignedLong(row[1].substring(i, i + 16), 16));
        }
        return new RowPrint(Frames.values(key, key.length), prints);
    }

    private FingerprintQuery query(TableSpec table) {
        String engine = http.query("SELECT engine FROM system.tables WHERE database = "
                        + Ddl.literal(table.target().schema()) + " AND name = "
                        + Ddl.literal(table.target().table()))
                .strip();
        String kind = engine.replace("Replicated", "").replace("Shared", "").replace("MergeTree", "");
        return new FingerprintQuery(table, MERGING.contains(kind));
    }

    private List<String[]> rows(String query) {
        String answer = http.queryAtLength(query + " FORMAT TabSeparated");
        return answer.isEmpty()
                ? List.of()
                : Arrays.stream(answer.split("\n"))
                        .map(row -> row.split("\t", -1))
                        .collect(Collectors.toList());
    }
}
