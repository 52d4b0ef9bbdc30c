package millrace.loader.clickhouse;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.contract.failure.Failure;
import millrace.contract.pipeline.TableName;
import millrace.contract.settings.ClickHouseSettings;
import millrace.loader.codec.TimeLimits;
import millrace.loader.plan.TablePlan;
import millrace.loader.plan.TableSpec;
import millrace.loader.plan.TargetTable;
import millrace.loader.run.Failpoint;
import millrace.loader.run.LoadRecord;
import millrace.loader.run.Ready;
import millrace.loader.run.Sink;
import millrace.loader.run.Staging;
import millrace.loader.run.Survey;
import millrace.loader.run.Unfinished;
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

    /** A statement has at most 256 KB. */
    private static final int RECORDS_AT_ONCE = 100;

    private final ClickHouseHttp http;
    private final ClickHouseJdbc jdbc;
    private final Ddl ddl;
    private final LateMerges lateMerges;
    private final Journal journal;
    private final List<TableName> publications = new ArrayList<>();

    public ClickHouseSink(ClickHouseSettings settings) {
        http = new ClickHouseHttp(settings);
        jdbc = new ClickHouseJdbc(settings);
        ddl = new Ddl(settings.cluster());
        lateMerges = new LateMerges(http);
        journal = new Journal(http, ddl);
    }

    @Override
    public void init(String database) {
        ddl.init(database).forEach(http::query);
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
    public Survey survey(String pipeline, Collection<TableName> targets) {
        return new TargetCatalog(http, ddl).survey(pipeline, targets);
    }

    @Override
    public List<String> objections(Collection<TableSpec> tables) {
        return new TargetNames(http).objections(tables);
    }

    @Override
    public Optional<String> highest(TableName table, String column) {
        return new TargetCatalog(http, ddl).highest(table, column);
    }

    @Override
    public List<String> statements(TablePlan plan) {
        Publication publication = Publication.of(ddl, plan, "run", lateMerges.suit(plan));
        List<String> statements = new ArrayList<>(publication.stage());
        statements.add(publication.insert());
        if (plan.extent().meetsKnownRows()) {
            statements.add(publication.removeKnown());
        }
        statements.addAll(publication.statements());
        return statements;
    }

    @Override
    public void prepare(Survey survey) {
        survey.missing().forEach(http::query);
        survey.leftOvers().forEach(name -> http.query(Ddl.drop(name, ddl.onCluster())));
        survey.replaced()
                .forEach(name -> http.query("RENAME TABLE " + Ddl.quoted(name) + " TO " + Ddl.quoted(OwnName.kept(name))
                        + ddl.onCluster()));
    }

    @Override
    public Staging stage(TablePlan plan) {
        String unique = OwnName.unique();
        Publication publication = Publication.of(ddl, plan, unique, lateMerges.suit(plan));
        StagingTable staging = new StagingTable(http, publication, OwnName.kept(publication.complete()));
        staging.create();
        return staging;
    }

    @Override
    public void publish(String pipeline, List<Ready> tables) {
        List<Ready> switching =
                tables.stream().filter(table -> own(table).switches()).toList();
        List<Switch> switches = switching.stream()
                .map(table -> Switch.of(own(table).publication()))
                .toList();
        if (switching.size() > 1) {
            journal.write(remembered(pipeline), entries(switching));
        }
        Failpoint.BEFORE_SWITCH.reach();
        for (String statement : Switch.statements(switches, ddl)) {
            http.query(statement);
            Failpoint.MID_PUBLISH.reach();
        }
        tables.forEach(table -> own(table).finish());
    }

    private static StagingTable own(Ready table) {
        return (StagingTable) table.staging();
    }

    private TableName remembered(String pipeline) {
        TableName name = OwnName.publication(pipeline, OwnName.unique());
        publications.add(name);
        return name;
    }

    private List<Unfinished.Entry> entries(List<Ready> tables) {
        List<TableName> complete = tables.stream()
                .map(table -> own(table).publication().complete())
                .toList();
        Map<TableName, String> uuids = journal.uuids(complete);
        return tables.stream()
                .map(table -> {
                    Publication publication = own(table).publication();
                    return new Unfinished.Entry(
                            table.record(),
                            publication.complete(),
                            uuids.get(publication.complete()),
                            publication.plan().before().map(TargetTable::uuid).orElse(""));
                })
                .toList();
    }

    @Override
    public List<Unfinished> unfinished(Survey survey) {
        return survey.publications().stream()
                .map(this::read)
                .flatMap(Optional::stream)
                .toList();
    }

    /** A run that lives may be done with it meanwhile. */
    private Optional<Unfinished> read(TableName publication) {
        try {
            return journal.read(publication);
        } catch (Failure failure) {
            if (journal.uuids(List.of(publication)).isEmpty()) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    @Override
    public List<LoadRecord> complete(Unfinished publication) {
        return journal.complete(publication);
    }

    @Override
    public void forget(TableName publication) {
        http.query(Ddl.drop(publication, ""));
    }

    @Override
    public void forgetOwn() {
        publications.forEach(this::forget);
        publications.clear();
    }

    @Override
    public void record(List<LoadRecord> loads) {
        for (int from = 0; from < loads.size(); from += RECORDS_AT_ONCE) {
            http.query(AuditTable.insert(loads.subList(from, Math.min(loads.size(), from + RECORDS_AT_ONCE))));
        }
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
