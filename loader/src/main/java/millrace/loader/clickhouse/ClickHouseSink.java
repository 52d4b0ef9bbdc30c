package millrace.loader.clickhouse;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import millrace.loader.codec.TimeLimits;
import millrace.loader.config.ClickHouseSettings;
import millrace.loader.plan.Extent;
import millrace.loader.plan.TableName;
import millrace.loader.plan.TablePlan;
import millrace.loader.plan.TargetTable;
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
    private final Ddl ddl;
    private final LateMerges lateMerges;

    public ClickHouseSink(ClickHouseSettings settings) {
        http = new ClickHouseHttp(settings);
        jdbc = new ClickHouseJdbc(settings);
        ddl = new Ddl(settings.cluster());
        lateMerges = new LateMerges(http);
    }

    @Override
    public void init(String database) {
        jdbc.execute(ddl.init(database));
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
    public Map<TableName, TargetTable> tables(Collection<TableName> names) {
        return new TargetCatalog(http).tables(names);
    }

    @Override
    public Optional<String> highest(TableName table, String column) {
        return new TargetCatalog(http).highest(table, column);
    }

    @Override
    public List<String> statements(TablePlan plan) {
        Publication publication = publication(plan, "run");
        List<String> statements = new ArrayList<>(publication.stage());
        statements.add(publication.insert());
        if (plan.extent() instanceof Extent.SinceLast) {
            statements.add(publication.removeKnown());
        }
        statements.addAll(publication.statements());
        return statements;
    }

    @Override
    public void clear(Collection<TableName> targets) {
        new TargetCatalog(http).leftOvers(targets).forEach(name -> http.query(Ddl.drop(name, ddl.onCluster())));
    }

    @Override
    public Staging stage(TablePlan plan) {
        StagingTable staging = new StagingTable(
                http, publication(plan, UUID.randomUUID().toString().substring(0, 8)));
        staging.create();
        return staging;
    }

    /** The names of its tables begin with the target's and end with eight digits, by which left-overs are found. */
    private Publication publication(TablePlan plan, String unique) {
        String name = plan.spec().target() + ".";
        return new Publication(
                ddl,
                plan,
                new TableName(Ddl.OWN, name + unique),
                new TableName(Ddl.OWN, name + "new." + unique),
                lateMerges.suit(plan));
    }

    @Override
    public void record(List<LoadRecord> loads) {
        http.query(AuditTable.insert(loads));
    }

    @Override
    public Fingerprints fingerprints() {
        return new ClickHouseFingerprints(http);
    }

    @Override
    public void cancel() {
        http.cancel();
    }
}
