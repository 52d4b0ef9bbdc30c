package millrace.loader.clickhouse;

import java.math.BigInteger;
import java.util.Arrays;
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
    private final ClickHouseHttp http;

    ClickHouseFingerprints(ClickHouseHttp http) {
        this.http = http;
    }

    @Override
    public TableName name(TableSpec table) {
        return table.target();
    }

    @Override
    public List<BucketSum> buckets(TableSpec table, Buckets buckets) {
        refuseMissing(table.target());
        return http.query(FingerprintQuery.buckets(table, buckets))
                .lines()
                .map(line -> line.split("\t"))
                .map(fields -> new BucketSum(
                        fields[0], Long.parseLong(fields[1]), numbers(Arrays.copyOfRange(fields, 2, fields.length))))
                .toList();
    }

    private void refuseMissing(TableName target) {
        if (!http.query("EXISTS TABLE " + Ddl.quoted(target)).strip().equals("1")) {
            throw Failure.running(
                    "not-loaded", "ClickHouse has no table " + target + ".", "Load it first, then verify.");
        }
    }

    /** A key is shown as it is, and may hold anything: it comes last, after as many numbers as there are columns. */
    @Override
    public List<RowPrint> rows(TableSpec table, Buckets buckets, String bucket) {
        int columns = table.columns().size();
        return http.query(FingerprintQuery.rows(table, buckets, bucket))
                .lines()
                .map(line -> line.split("\t", columns + 1))
                .map(fields -> new RowPrint(fields[columns], numbers(Arrays.copyOf(fields, columns))))
                .toList();
    }

    private static List<BigInteger> numbers(String[] fields) {
        return Arrays.stream(fields).map(BigInteger::new).toList();
    }
}
