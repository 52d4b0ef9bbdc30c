package millrace.loader.clickhouse;

import java.math.BigInteger;
import java.util.List;
import millrace.loader.failure.Failure;
import millrace.loader.plan.TableName;
import millrace.loader.plan.TableSpec;
import millrace.loader.verify.BucketSum;
import millrace.loader.verify.Buckets;
import millrace.loader.verify.Fingerprints;
import millrace.loader.verify.RowPrint;

/** Hashes the rows of published tables. */
final class ClickHouseFingerprints implements Fingerprints {
    private final ClickHouseJdbc jdbc;

    ClickHouseFingerprints(ClickHouseJdbc jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public TableName name(TableSpec table) {
        return table.target();
    }

    @Override
    public List<BucketSum> buckets(TableSpec table, Buckets buckets) {
        refuseMissing(table.target());
        return jdbc.query(FingerprintQuery.buckets(table, buckets)).stream()
                .map(fields -> new BucketSum(
                        fields.get(0), Long.parseLong(fields.get(1)), numbers(fields.subList(2, fields.size()))))
                .toList();
    }

    private void refuseMissing(TableName target) {
        if (!jdbc.query("EXISTS TABLE " + Ddl.quoted(target)).equals(List.of(List.of("1")))) {
            throw Failure.running(
                    "not-loaded", "ClickHouse has no table " + target + ".", "Load it first, then verify.");
        }
    }

    @Override
    public List<RowPrint> rows(TableSpec table, Buckets buckets, String bucket) {
        int columns = table.columns().size();
        return jdbc.query(FingerprintQuery.rows(table, buckets, bucket)).stream()
                .map(fields -> new RowPrint(fields.get(columns), numbers(fields.subList(0, columns))))
                .toList();
    }

    private static List<BigInteger> numbers(List<String> fields) {
        return fields.stream().map(BigInteger::new).toList();
    }
}
