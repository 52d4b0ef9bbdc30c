package millrace.stream.source;

import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import millrace.contract.settings.PostgresSettings;
import millrace.loader.postgres.PostgresConnection;
import millrace.stream.protocol.Lsn;
import org.postgresql.PGConnection;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

/** A connection that speaks Postgres' replication protocol. One thread uses it. */
public final class ReplicationConnection implements AutoCloseable {
    private static final int STATUS_SECONDS = 10;
    private static final int FIRST_WITH_FAILOVER = 17;
    private static final int FIRST_WITH_OPTIONS = 15;

    private final PostgresConnection connection;
    private PGReplicationStream stream;

    public ReplicationConnection(PostgresSettings settings) {
        connection = PostgresConnection.open(
                settings,
                Map.of(
                        "ApplicationName", "millrace follow",
                        "replication", "database",
                        "assumeMinServerVersion", "9.4"));
    }

    public ServerIdentity identify() {
        try (Statement statement = connection.sql().createStatement();
                ResultSet row = statement.executeQuery("IDENTIFY_SYSTEM")) {
            row.next();
            return new ServerIdentity(
                    row.getString("systemid"), row.getInt("timeline"), Lsn.parse(row.getString("xlogpos")));
        } catch (SQLException e) {
            throw StreamFailure.of("telling which server it is", e);
        }
    }

    /** Which timelines came before this one, and where each ended: a line each, as Postgres keeps it. */
    public String timelineHistory(int timeline) {
        try (Statement statement = connection.sql().createStatement();
                ResultSet row = statement.executeQuery("TIMELINE_HISTORY " + timeline)) {
            row.next();
            return row.getString("content");
        } catch (SQLException e) {
            throw StreamFailure.of("telling its timelines", e);
        }
    }

    /**
     * A new slot.
     *
     * @param consistent every commit below it is in the snapshot, every other one will be in the stream
     * @param snapshot can be read by other connections until this one does something else
     */
    public record NewSlot(long consistent, String snapshot) {}

    /** Makes a slot. Postgres waits for the transactions that write at this moment. */
    public NewSlot createSlot(String name) {
        return createSlot(name, false);
    }

    /** Makes a slot that is gone with this connection. */
    public NewSlot createTemporarySlot(String name) {
        return createSlot(name, true);
    }

    private NewSlot createSlot(String name, boolean temporary) {
        try (Statement statement = connection.sql().createStatement()) {
            int version = connection.sql().getMetaData().getDatabaseMajorVersion();
            String options = version >= FIRST_WITH_FAILOVER && !temporary
                    ? "(SNAPSHOT 'export', FAILOVER true)"
                    : version >= FIRST_WITH_OPTIONS ? "(SNAPSHOT 'export')" : "EXPORT_SNAPSHOT";
            try (ResultSet row = statement.executeQuery("CREATE_REPLICATION_SLOT \"" + name + "\""
                    + (temporary ? " TEMPORARY" : "") + " LOGICAL pgoutput " + options)) {
                row.next();
                return new NewSlot(Lsn.parse(row.getString("consistent_point")), row.getString("snapshot_name"));
            }
        } catch (SQLException e) {
            throw StreamFailure.of("making the slot " + name, e);
        }
    }

    /** Begins to receive the transactions that committed at the position or later. */
    public void start(String slot, String publication, long position) {
        try {
            stream = connection
                    .sql()
                    .unwrap(PGConnection.class)
                    .getReplicationAPI()
                    .replicationStream()
                    .logical()
                    .withSlotName(slot)
                    .withStartPosition(LogSequenceNumber.valueOf(position))
                    .withSlotOption("proto_version", 1)
                    .withSlotOption(
                            "publication_names",
                            SourceDatabase.quoted(publication).replace("'", "''"))
                    .withSlotOption("binary", true)
                    .withSlotOption("messages", true)
                    .withAutomaticFlush(false)
                    .withStatusInterval(STATUS_SECONDS, TimeUnit.SECONDS)
                    .start();
            acknowledge(position);
        } catch (SQLException e) {
            throw StreamFailure.of("starting the stream", e);
        }
    }

    /** The next message that has arrived, null when there is none yet. */
    public ByteBuffer poll() {
        try {
            return stream.readPending();
        } catch (SQLException e) {
            throw StreamFailure.of("sending changes", e);
        }
    }

    /** Up to where the server has looked through its log. */
    public long received() {
        return stream.getLastReceiveLSN().asLong();
    }

    /** Tells the server that it need not send again what lies below the position. */
    public void acknowledge(long position) {
        try {
            stream.setFlushedLSN(LogSequenceNumber.valueOf(position));
            stream.setAppliedLSN(LogSequenceNumber.valueOf(position));
            stream.forceUpdateStatus();
        } catch (SQLException e) {
            throw StreamFailure.of("taking the stream's position", e);
        }
    }

    /** Tells the server that this end is alive. */
    public void keepAlive() {
        try {
            stream.forceUpdateStatus();
        } catch (SQLException e) {
            throw StreamFailure.of("taking a sign of life", e);
        }
    }

    /** Breaks off: what has not been acknowledged comes again. */
    @Override
    public void close() {
        connection.abort();
    }
}
