package millrace.loader.postgres;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import millrace.loader.plan.TableName;
import millrace.loader.plan.TableSpec;
import millrace.loader.verify.BucketSum;
import millrace.loader.verify.Buckets;
import millrace.loader.verify.Fingerprints;
import millrace.loader.verify.RowPrint;

/** Hashes the rows of a snapshot. */
final class PostgresFingerprints implements Fingerprints {
    private final Connection connection;

    PostgresFingerprints(Connection connection) {
        this.connection = connection;
    }

    @Override
    public TableName name(TableSpec table) {
        return table.source();
    }

    @Override
    public List<BucketSum> buckets(TableSpec table, Buckets buckets) {
        return query(FingerprintSql.buckets(table, buckets), table, row -> {
            List<BigInteger> sums = numbers(row, 3, table.columns().size());
            return new BucketSum(row.getString(1), row.getLong(2), sums);
        });
    }

    @Override
    public List<RowPrint> rows(TableSpec table, Buckets buckets, String bucket) {
        return query(FingerprintSql.rows(table, buckets, bucket), table, row -> {
            List<BigInteger> prints = numbers(row, 2, table.columns().size());
            return new RowPrint(row.getString(1), prints);
        });
    }

    private static List<BigInteger> numbers(ResultSet row, int first, int count) throws SQLException {
        List<BigInteger> numbers = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            BigDecimal number = row.getBigDecimal(i);
            numbers.add(number.toBigIntegerExact());
        }
        return numbers;
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> query(String query, TableSpec table, Reading<T> reading) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<T> read = new ArrayList<>();
            while (rows.next()) {
                read.add(reading.read(rows));
            }
            return read;
        } catch (SQLException e) {
            throw PostgresFailure.running("hashing " + table.source(), e);
        }
    }
}
