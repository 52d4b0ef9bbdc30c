package millrace.stream.run;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import millrace.contract.failure.Failure;
import millrace.contract.pipeline.TableEntry;
import millrace.contract.pipeline.TableName;
import millrace.loader.clickhouse.ClickHouseHttp;
import millrace.loader.clickhouse.ClickHouseSink;
import millrace.loader.clickhouse.Ddl;
import millrace.loader.postgres.PostgresSource;
import millrace.loader.run.VerifyRun;
import millrace.loader.verify.TableComparison;
import millrace.loader.verify.VerifyListener;
import millrace.stream.sink.FollowedTable;
import millrace.stream.sink.Views;
import millrace.stream.source.ReplicationConnection;
import millrace.stream.source.ReplicationConnection.NewSlot;
import millrace.stream.source.SourceDatabase;
import millrace.stream.source.TableShape;

/**
 * A comparison of all tables as of a moment of the source. Rows that rules keep from readers are compared, too: by views of their own
 * that are gone with it.
 */
public final class Comparison implements AutoCloseable {
    private static final int EVERY_ROW = 100;

    private final Setup setup;
    private final ClickHouseHttp http;
    private final String database;
    private final ReplicationConnection replication;
    private final NewSlot moment;

    private Comparison(Setup setup, ReplicationConnection replication, NewSlot moment) {
        this.setup = requireNonNull(setup, "setup is null");
        this.replication = requireNonNull(replication, "replication is null");
        this.moment = requireNonNull(moment, "moment is null");
        http = new ClickHouseHttp(setup.target());
        database = setup.options().database() + "_verify";
    }

    /** Takes the moment. Postgres waits for the transactions that write at this moment. */
    public static Comparison begin(Setup setup) {
        ReplicationConnection replication = new ReplicationConnection(setup.source());
        try {
            return new Comparison(setup, replication, replication.createTemporarySlot(setup.temporarySlot()));
        } catch (Failure failure) {
            replication.close();
            throw failure;
        }
    }

    /** Everything that was committed below it, and nothing else, is what the tables are to hold. */
    public long place() {
        return moment.consistent();
    }

    /** @throws Failure when a server can't be reached */
    public List<TableComparison> run(VerifyListener listener) {
        List<TableEntry> entries = setup.entries();
        List<TableName> sources = entries.stream().map(TableEntry::source).toList();
        ClickHouseSink sink = new ClickHouseSink(setup.target());
        try (SourceDatabase source = setup.database()) {
            Map<TableName, TableShape> shapes = source.shapes(sources);
            List<TableEntry> there = entries.stream()
                    .filter(entry -> shapes.containsKey(entry.source()))
                    .toList();
            http.query("DROP DATABASE IF EXISTS " + Ddl.quoted(database));
            http.query("CREATE DATABASE " + Ddl.quoted(database));
            for (FollowedTable table : Tables.followed(setup, there, shapes, sink.timeLimits())) {
                TableName view = new TableName(database, table.storage().table());
                http.query("CREATE VIEW " + Ddl.quoted(view) + " AS " + Views.whole(table, table.storage()));
            }
            return new VerifyRun(PostgresSource.at(setup.source(), moment.snapshot()), sink, listener)
                    .run(Tables.copy(setup, there, shapes, "", database), EVERY_ROW);
        }
    }

    @Override
    public void close() {
        try {
            http.query("DROP DATABASE IF EXISTS " + Ddl.quoted(database));
        } finally {
            replication.close();
        }
    }
}
