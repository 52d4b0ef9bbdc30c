package millrace.loader.postgres;

import static java.util.Objects.requireNonNull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import millrace.contract.failure.Failure;
import millrace.contract.pipeline.TableName;
import millrace.loader.run.RunName;

/** The moment that another process holds for a run. */
final class SharedMoment implements Moment {
    private static final String HINT =
            "Start the whole run again: all of its loads, together with the process that holds the snapshot.";

    private final SharedName name;
    private final Duration patience;
    private final Runnable waiting;
    private Holder holder;

    SharedMoment(RunName run, Duration patience, Runnable waiting) {
        this.name = new SharedName(run);
        this.patience = requireNonNull(patience, "patience is null");
        this.waiting = requireNonNull(waiting, "waiting is null");
    }

    private record Holder(int pid, String snapshot) {}

    @Override
    public void enter(PostgresConnection connection) throws SQLException {
        holder = await(connection);
        join(connection);
    }

    @Override
    public List<Catalog.Relation> begin(PostgresConnection connection, Collection<TableName> tables)
            throws SQLException {
        List<Catalog.Relation> relations = new Catalog(connection.sql()).relations(tables);
        connection.lock(relations);
        refuseUncovered(connection, relations);
        return relations;
    }

    /** Were this load published and its moment gone, a new holder would give the next one another moment. */
    @Override
    public void confirm(PostgresConnection connection) throws SQLException {
        if (!find(connection).equals(Optional.of(holder))) {
            throw lost();
        }
    }

    private Holder await(PostgresConnection connection) throws SQLException {
        Instant end = Instant.now().plus(patience);
        Optional<Holder> found = find(connection);
        if (found.isEmpty()) {
            waiting.run();
        }
        while (found.isEmpty()) {
            if (Instant.now().isAfter(end)) {
                throw lost();
            }
            Pause.between();
            // Within one transaction the server would show the same connections again.
            connection.begin("READ COMMITTED", "");
            found = find(connection);
        }
        return found.get();
    }

    private Optional<Holder> find(PostgresConnection connection) throws SQLException {
        try (Statement statement = connection.sql().createStatement();
                ResultSet row = statement.executeQuery(SharedName.find(name.holder()))) {
            return row.next() ? Optional.of(new Holder(row.getInt(1), row.getString(2))) : Optional.empty();
        }
    }

    /** The reader takes its name first, so that no later holder of the run can miss it. */
    private void join(PostgresConnection connection) throws SQLException {
        try {
            connection.begin(
                    "REPEATABLE READ",
                    SharedName.rename(name.reader() + holder.snapshot()) + "; SET TRANSACTION SNAPSHOT "
                            + Sql.literal(holder.snapshot()) + "; ");
        } catch (SQLException e) {
            if (connection.sql().isValid(1)) {
                throw lost();
            }
            throw e;
        }
    }

    /** What the holder has not locked may have been emptied or rewritten since its moment, and would read as empty. */
    private void refuseUncovered(PostgresConnection connection, List<Catalog.Relation> relations) throws SQLException {
        Set<Long> locked = new HashSet<>();
        try (Statement statement = connection.sql().createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT relation FROM pg_locks WHERE granted AND locktype = 'relation' AND pid = "
                                + holder.pid())) {
            while (row.next()) {
                locked.add(row.getLong(1));
            }
        }
        if (locked.isEmpty()) {
            throw lost();
        }
        for (Catalog.Relation relation : relations) {
            if (relation.canBeLocked() && !locked.contains(relation.oid())) {
                throw Failure.running(
                        "snapshot-lost", "The snapshot of " + run() + " does not hold " + relation.name() + ".", HINT);
            }
        }
    }

    private Failure lost() {
        return Failure.running(
                "snapshot-lost",
                "The snapshot of " + run() + " is gone, so its tables could not be of one moment.",
                HINT);
    }

    private String run() {
        return "the run \"" + name.run().runId() + "\" of the pipeline "
                + name.run().pipeline();
    }
}
