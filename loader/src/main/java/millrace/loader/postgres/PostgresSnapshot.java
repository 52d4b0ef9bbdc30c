package millrace.loader.postgres;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import millrace.contract.failure.Failure;
import millrace.contract.pipeline.TableName;
import millrace.contract.settings.PostgresSettings;
import millrace.loader.codec.Canonical;
import millrace.loader.plan.ColumnSpec;
import millrace.loader.plan.Slice;
import millrace.loader.plan.SourceMoment;
import millrace.loader.plan.SourceTable;
import millrace.loader.plan.TableSpec;
import millrace.loader.run.Snapshot;
import millrace.loader.run.SnapshotReader;
import millrace.loader.verify.Fingerprints;

/** A REPEATABLE READ transaction, shared with as many connections as there are copies at the same time. */
final class PostgresSnapshot implements Snapshot {
    private final PostgresConnection connection;
    private final Moment moment;
    private final SnapshotConnections connections;
    private final Map<TableName, SourceTable> tables;

    private PostgresSnapshot(
            PostgresConnection connection,
            Moment moment,
            SnapshotConnections connections,
            Map<TableName, SourceTable> tables) {
        this.connection = connection;
        this.moment = moment;
        this.connections = connections;
        this.tables = tables;
    }

    /** @param connection has entered the moment; it is closed with the snapshot, and when there will be none */
    static Snapshot open(
            PostgresSettings settings, PostgresConnection connection, Moment moment, Collection<TableName> tables) {
        try {
            List<Catalog.Relation> relations = moment.begin(connection, tables);
            return new PostgresSnapshot(
                    connection,
                    moment,
                    new SnapshotConnections(settings, connection),
                    new Catalog(connection.sql()).describe(relations));
        } catch (SQLException e) {
            Failure failure = Privileges.orElse(connection, tables, "looking at the tables", e);
            connection.abort();
            throw failure;
        } catch (Failure failure) {
            connection.abort();
            throw failure;
        }
    }

    @Override
    public Map<TableName, SourceTable> tables() {
        return tables;
    }

    @Override
    public List<String> tableNames(String schema) {
        try {
            return new Catalog(connection.sql()).tableNames(schema);
        } catch (SQLException e) {
            throw PostgresFailure.running("listing the tables", e);
        }
    }

    @Override
    public int moneyScale() {
        return (int) number("SELECT scale(1::money::numeric)", "asking for the form of money");
    }

    @Override
    public Optional<TableName> claim(Collection<TableName> targets) {
        List<TableName> order = List.copyOf(targets);
        String names = order.stream().map(PostgresSnapshot::claimed).collect(Collectors.joining(", "));
        String taken = "SELECT min(n) FROM unnest(ARRAY[" + names + "]) WITH ORDINALITY AS claimed (name, n)"
                + " WHERE NOT pg_try_advisory_xact_lock(hashtextextended(name, 0))";
        return Optional.ofNullable(text(taken, "claiming the targets"))
                .map(position -> order.get(Integer.parseInt(position) - 1));
    }

    /** In letters that a database of any encoding has: a target's name may be of others than the source's. */
    private static String claimed(TableName target) {
        byte[] name = target.toString().getBytes(StandardCharsets.UTF_8);
        return "'millrace " + HexFormat.of().formatHex(name) + "'";
    }

    private long number(String query, String doing) {
        return Long.parseLong(text(query, doing));
    }

    private String text(String query, String doing) {
        try {
            return one(query);
        } catch (SQLException e) {
            throw PostgresFailure.running(doing, e);
        }
    }

    private String one(String query) throws SQLException {
        try (Statement statement = connection.sql().createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    @Override
    public void announce(int copies) {
        connections.announce(copies);
    }

    @Override
    public SourceMoment moment() {
        String doing = "asking which moment this is";
        return new SourceMoment(
                text("SELECT pg_current_snapshot()", doing),
                text("SELECT system_identifier FROM pg_control_system()", doing));
    }

    @Override
    public String canonical(ColumnSpec column, String text) {
        String value = Sql.literal(text) + "::" + column.sourceType();
        boolean isTime = column.mapping().codec().canonical() == Canonical.TIMESTAMP;
        try {
            return one("SELECT " + (isTime ? "to_char(" + value + ", 'YYYY-MM-DD HH24:MI:SS.US')" : value + "::text"));
        } catch (SQLException e) {
            throw PostgresFailure.badValue(column, text, e);
        }
    }

    @Override
    public Optional<String> objection(TableSpec table) {
        String look = "SELECT 1 FROM " + Sql.quoted(table.source()) + Sql.where(table, Slice.WHOLE) + " LIMIT 0";
        try {
            Moment.execute(connection.sql(), "SAVEPOINT asked");
            try {
                Moment.execute(connection.sql(), look);
                return Optional.empty();
            } catch (SQLException e) {
                Moment.execute(connection.sql(), "ROLLBACK TO SAVEPOINT asked");
                return Optional.of(ServerWords.of(e).message());
            }
        } catch (SQLException e) {
            throw PostgresFailure.running("looking at a condition", e);
        }
    }

    @Override
    public SnapshotReader reader() {
        return new PostgresReader(connections);
    }

    @Override
    public Optional<String> shortage() {
        return connections.shortage();
    }

    @Override
    public Fingerprints fingerprints(int workers) {
        return new PostgresFingerprints(connections, workers);
    }

    @Override
    public void confirm() {
        try {
            moment.confirm(connection);
            connections.refuseOther();
        } catch (SQLException e) {
            throw PostgresFailure.running("looking for the snapshot", e);
        }
    }

    @Override
    public void cancel() {
        connections.abort();
    }

    @Override
    public void close() {
        connections.close();
    }
}
