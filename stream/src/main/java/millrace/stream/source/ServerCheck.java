package millrace.stream.source;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import millrace.contract.pipeline.FollowOptions;
import millrace.contract.pipeline.TableName;

/** Looks for what keeps the server, the role and the publication from being followed. */
public final class ServerCheck {
    private static final int OLDEST = 140000;
    private static final String SERVER = """
            SELECT current_setting('server_version_num')::int AS version, current_setting('wal_level') AS wal_level,
                   current_setting('max_replication_slots')::int AS slots,
                   (SELECT count(*) FROM pg_replication_slots) AS used,
                   EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = ?) AS has_slot,
                   (SELECT rolsuper OR rolreplication FROM pg_roles WHERE rolname = current_user) AS may_replicate,
                   pg_is_in_recovery() AS standby, current_user AS role
            """;
    private static final String PUBLICATION = """
            SELECT puballtables, pubinsert AND pubupdate AND pubdelete AND pubtruncate AS everything, pubviaroot,
                   EXISTS (SELECT FROM pg_publication_tables t WHERE t.pubname = p.pubname AND NOT EXISTS (
                     SELECT FROM pg_publication_rel r JOIN pg_class c ON c.oid = r.prrelid JOIN pg_namespace n ON n.oid = c.relnamespace
                     WHERE r.prpubid = p.oid AND n.nspname = t.schemaname AND c.relname = t.tablename)) AS beyond_names
            FROM pg_publication p WHERE pubname = ?
            """;
    private static final String PUBLISHED = """
            SELECT n.nspname, c.relname, to_jsonb(r) ->> 'prqual' IS NOT NULL OR to_jsonb(r) ->> 'prattrs' IS NOT NULL AS partly
            FROM pg_publication p JOIN pg_publication_rel r ON r.prpubid = p.oid
            JOIN pg_class c ON c.oid = r.prrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE p.pubname = ?
            """;

    private final Connection connection;
    private final FollowOptions options;
    private final List<Obstacle> found = new ArrayList<>();
    /** Whether there is a publication of tables by their names. */
    private boolean isByName;

    public ServerCheck(SourceDatabase database, FollowOptions options) {
        connection = database.sql();
        this.options = requireNonNull(options, "options is null");
    }

    /** @param tables that are to be followed */
    public List<Obstacle> obstacles(Collection<TableName> tables) {
        obstaclesOfServer(tables);
        try {
            if (isByName) {
                checkPublished(SourceDatabase.quoted(options.publication()), tables);
            }
            return List.copyOf(found);
        } catch (SQLException e) {
            throw StreamFailure.of("looking at its settings", e);
        }
    }

    /** @param tables that the publication is to have, as far as it is made */
    public List<Obstacle> obstaclesOfServer(Collection<TableName> tables) {
        try {
            checkServer();
            checkPublication(tables);
            return List.copyOf(found);
        } catch (SQLException e) {
            throw StreamFailure.of("looking at its settings", e);
        }
    }

    private void checkServer() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SERVER)) {
            statement.setString(1, options.slot());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                checkServer(row);
            }
        }
    }

    private void checkServer(ResultSet row) throws SQLException {
        if (row.getInt("version") < OLDEST) {
            found.add(new Obstacle("Postgres is older than version 14."));
        }
        if (row.getBoolean("standby")) {
            found.add(new Obstacle("This Postgres is a standby; its changes are followed from the primary."));
        }
        if (!row.getString("wal_level").equals("logical")) {
            found.add(new Obstacle(
                    "wal_level is " + row.getString("wal_level")
                            + ", so Postgres writes no changes that can be followed; it must be logical, and a restart.",
                    "ALTER SYSTEM SET wal_level = logical;"));
        }
        if (!row.getBoolean("may_replicate")) {
            found.add(new Obstacle(
                    "The role " + row.getString("role") + " may not replicate.",
                    "ALTER ROLE " + SourceDatabase.quoted(row.getString("role")) + " REPLICATION;"));
        }
        if (!row.getBoolean("has_slot") && row.getInt("used") >= row.getInt("slots")) {
            found.add(new Obstacle(
                    "All " + row.getInt("slots") + " replication slots are in use; one more is needed, and a restart.",
                    "ALTER SYSTEM SET max_replication_slots = " + (row.getInt("slots") + 2) + ";"));
        }
    }

    private void checkPublication(Collection<TableName> tables) throws SQLException {
        String name = SourceDatabase.quoted(options.publication());
        try (PreparedStatement statement = connection.prepareStatement(PUBLICATION)) {
            statement.setString(1, options.publication());
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    found.add(new Obstacle(
                            "There is no publication " + options.publication() + ".",
                            "CREATE PUBLICATION " + name + " FOR TABLE " + names(tables) + ";"));
                    return;
                }
                if (row.getBoolean("puballtables") || row.getBoolean("beyond_names")) {
                    found.add(new Obstacle(
                            "The publication " + options.publication() + " is for all tables, or for those of a schema:"
                                    + " it would keep new tables without a key from being updated.",
                            "DROP PUBLICATION " + name + "; CREATE PUBLICATION " + name + " FOR TABLE " + names(tables)
                                    + ";"));
                    return;
                }
                isByName = true;
                if (!row.getBoolean("everything") || row.getBoolean("pubviaroot")) {
                    found.add(new Obstacle(
                            "The publication " + options.publication() + " leaves out some kinds of changes.",
                            "ALTER PUBLICATION " + name + " SET (publish = 'insert, update, delete, truncate',"
                                    + " publish_via_partition_root = false);"));
                }
            }
        }
    }

    private void checkPublished(String publication, Collection<TableName> tables) throws SQLException {
        Set<TableName> missing = new LinkedHashSet<>(tables);
        try (PreparedStatement statement = connection.prepareStatement(PUBLISHED)) {
            statement.setString(1, options.publication());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    TableName table = new TableName(row.getString(1), row.getString(2));
                    missing.remove(table);
                    if (row.getBoolean("partly") && tables.contains(table)) {
                        found.add(new Obstacle(
                                "The publication " + options.publication() + " leaves out rows or columns of " + table
                                        + ".",
                                "ALTER PUBLICATION " + publication + " DROP TABLE " + names(List.of(table))
                                        + "; ALTER PUBLICATION " + publication + " ADD TABLE " + names(List.of(table))
                                        + ";"));
                    }
                }
            }
        }
        if (!missing.isEmpty()) {
            found.add(new Obstacle(
                    "The publication " + options.publication() + " lacks "
                            + missing.stream().map(TableName::toString).collect(Collectors.joining(", ")) + ".",
                    "ALTER PUBLICATION " + publication + " ADD TABLE " + names(missing) + ";"));
        }
    }

    static String names(Collection<TableName> tables) {
        return tables.stream()
                .map(name -> SourceDatabase.quoted(name.schema()) + "." + SourceDatabase.quoted(name.table()))
                .collect(Collectors.joining(", "));
    }
}
