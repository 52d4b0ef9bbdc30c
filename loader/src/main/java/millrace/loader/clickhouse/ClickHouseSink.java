package millrace.loader.clickhouse;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import millrace.loader.codec.TimeLimits;
import millrace.loader.config.ClickHouseSettings;
import millrace.loader.plan.TableName;
import millrace.loader.plan.TableSpec;
import millrace.loader.run.LoadRecord;
import millrace.loader.run.Sink;
import millrace.loader.run.Staging;
import millrace.loader.verify.Fingerprints;

/** Tables of a ClickHouse server. */
public final class ClickHouseSink implements Sink {
    /** Shows the outermost day and microsecond of the wide range as the server reads them back. */
    private static final String PROBE = """
            SELECT toString(CAST(-719162 AS Date32)) = '0001-01-01'
               AND toString(CAST(2932896 AS Date32)) = '9999-12-31'
               AND toString(fromUnixTimestamp64Micro(-62135596800000000, 'UTC')) = '0001-01-01 00:00:00.000000'
               AND toString(fromUnixTimestamp64Micro(253402300799999999, 'UTC')) = '9999-12-31 23:59:59.999999',
               timezone() IN ('UTC', 'Etc/UTC', 'Universal', 'Zulu', 'Etc/Universal', 'Etc/Zulu', 'UCT', 'Etc/UCT')
            """;

    private final ClickHouseHttp http;
    private final ClickHouseJdbc jdbc;

    public ClickHouseSink(ClickHouseSettings settings) {
        http = new ClickHouseHttp(settings);
        jdbc = new ClickHouseJdbc(settings);
    }

    @Override
    public void init(String database) {
        jdbc.execute(Ddl.init(database));
    }

    @Override
    public TimeLimits timeLimits() {
        String[] answers = http.query(PROBE).strip().split("\t");
        boolean utc = answers[1].equals("1");
        return answers[0].equals("1")
                ? TimeLimits.ofDays(LocalDate.of(1, 1, 1), LocalDate.of(9999, 12, 31), utc)
                : TimeLimits.ofDays(LocalDate.of(1900, 1, 1), LocalDate.of(2299, 12, 31), utc);
    }

    @Override
    public String definition(TableSpec table) {
        return Ddl.create(table, table.target());
    }

    @Override
    public Staging stage(TableSpec table) {
        leftOvers(table.target()).forEach(name -> StagingTable.drop(http, name));
        String unique = UUID.randomUUID().toString().substring(0, 8);
        StagingTable staging = new StagingTable(http, table, new TableName(Ddl.OWN, table.target() + "." + unique));
        staging.create();
        return staging;
    }

    private List<TableName> leftOvers(TableName target) {
        return http.query("SELECT name FROM system.tables WHERE database = " + Ddl.literal(Ddl.OWN)
                        + " AND startsWith(name, " + Ddl.literal(target + ".") + ")"
                        + " AND match(substring(name, length(" + Ddl.literal(target + ".") + ") + 1), '^[0-9a-f]{8}$')"
                        + " FORMAT TabSeparatedRaw")
                .lines()
                .map(name -> new TableName(Ddl.OWN, name))
                .toList();
    }

    @Override
    public void record(LoadRecord load) {
        http.query(AuditTable.insert(load));
    }

    @Override
    public Fingerprints fingerprints() {
        return new ClickHouseFingerprints(jdbc);
    }

    @Override
    public void cancel() {
        http.cancel();
    }
}
