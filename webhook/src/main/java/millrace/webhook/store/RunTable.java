package millrace.webhook.store;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.service.Json;
import millrace.webhook.outgoing.Delivery;
import millrace.webhook.run.NodeResult;
import millrace.webhook.run.Run;
import millrace.webhook.run.RunFilter;
import millrace.webhook.run.RunId;

/** The runs, each with what became of its nodes. */
public final class RunTable {
    private final Database database;

    public RunTable(Database database) {
        this.database = requireNonNull(database, "database is null");
    }

    /** Writes a run in place of what was known of it. */
    public void save(Run run) {
        save(run, List.of());
    }

    /** Writes a run in place of what was known of it, and what others are to be told of it, both or neither. */
    public void save(Run run, List<Delivery> deliveries) {
        database.transact(connection -> {
            save(connection, run);
            DeliveryTable.insert(connection, deliveries);
            return null;
        });
    }

    /** The run of an earlier request with the same key. */
    public Optional<Answered> answered(String key) {
        return database.transact(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT fingerprint, run FROM requests WHERE name = ?")) {
                select.setString(1, key);
                try (ResultSet row = select.executeQuery()) {
                    return row.next()
                            ? Optional.of(new Answered(row.getString(1), new RunId(row.getString(2))))
                            : Optional.empty();
                }
            }
        });
    }

    /**
     * What a request with a key was answered with.
     *
     * @param fingerprint of the request's body
     */
    public record Answered(String fingerprint, RunId run) {}

    /** Writes a run, the key of the request that asked for it and what others are to be told, all or nothing. */
    public void save(Run run, String key, String fingerprint, List<Delivery> deliveries) {
        database.transact(connection -> {
            save(connection, run);
            DeliveryTable.insert(connection, deliveries);
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO requests (name, fingerprint, run) VALUES (?, ?, ?)")) {
                insert.setString(1, key);
                insert.setString(2, fingerprint);
                insert.setString(3, run.runId().value());
                insert.executeUpdate();
            }
            return null;
        });
    }

    /** Runs without their node results, newest first. */
    public List<Run> list(RunFilter filter) {
        StringBuilder sql = new StringBuilder("SELECT body FROM runs WHERE TRUE");
        List<Object> values = new ArrayList<>();
        filter.pipeline().ifPresent(pipeline -> condition(sql, values, "pipeline = ?", pipeline));
        filter.state().ifPresent(state -> condition(sql, values, "state = ?", state.word()));
        filter.verb().ifPresent(verb -> condition(sql, values, "verb = ?", verb.spelled()));
        filter.before().ifPresent(id -> condition(sql, values, "id < ?", id.value()));
        condition(sql, values, "", filter.limit());
        return database.transact(connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql + " ORDER BY id DESC LIMIT ?")) {
                for (int i = 0; i < values.size(); i++) {
                    select.setObject(i + 1, values.get(i));
                }
                return bodies(select, Run.class);
            }
        });
    }

    /** The newest run that has ended, without its node results. */
    public Optional<Run> newestEnded() {
        return database.transact(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT body FROM runs WHERE state NOT IN ('queued', 'running') ORDER BY id DESC LIMIT 1")) {
                return bodies(select, Run.class).stream().findFirst();
            }
        });
    }

    /** How many runs there are of each pipeline and state. */
    public Map<Map<String, String>, Long> counts() {
        return database.transact(connection -> {
            Map<Map<String, String>, Long> counts = new LinkedHashMap<>();
            try (PreparedStatement select = connection.prepareStatement(
                            "SELECT pipeline, state, COUNT(*) FROM runs GROUP BY pipeline, state ORDER BY pipeline, state");
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Map<String, String> labels = new LinkedHashMap<>();
                    labels.put("pipeline", row.getString(1));
                    labels.put("state", row.getString(2));
                    counts.put(labels, row.getLong(3));
                }
            }
            return counts;
        });
    }

    private static void condition(StringBuilder sql, List<Object> values, String condition, Object value) {
        sql.append(condition.isEmpty() ? "" : " AND " + condition);
        values.add(value);
    }

    /** A run with its node results. */
    public Optional<Run> find(RunId id) {
        return database.transact(connection -> {
            List<Run> runs;
            try (PreparedStatement select = connection.prepareStatement("SELECT body FROM runs WHERE id = ?")) {
                select.setString(1, id.value());
                runs = bodies(select, Run.class);
            }
            if (runs.isEmpty()) {
                return Optional.empty();
            }
            Run run = runs.get(0);
            return Optional.of(run.state().hasEnded() ? run.with(nodes(connection, id)) : run);
        });
    }

    private static List<NodeResult> nodes(Connection connection, RunId id) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT body FROM nodes WHERE run = ? ORDER BY place")) {
            select.setString(1, id.value());
            return bodies(select, NodeResult.class);
        }
    }

    /**
     * How long each node took in the last runs of a pipeline that ended, oldest first, by dbt's unique id; without those in which
     * it was skipped.
     *
     * @param most how many runs
     */
    public Map<String, List<Double>> seconds(String pipeline, int most) {
        return database.transact(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT node, seconds FROM nodes WHERE status <> 'skipped' AND run IN"
                            + " (SELECT id FROM runs WHERE pipeline = ? ORDER BY id DESC LIMIT ?) ORDER BY run")) {
                select.setString(1, pipeline);
                select.setInt(2, most);
                Map<String, List<Double>> seconds = new HashMap<>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        seconds.computeIfAbsent(row.getString(1), node -> new ArrayList<>())
                                .add(row.getDouble(2));
                    }
                }
                return seconds;
            }
        });
    }

    /**
     * What became of a node when it was run last.
     *
     * @param status as dbt tells it
     */
    public record Latest(RunId run, String status) {}

    /** What became of each node at last, by dbt's unique id. */
    public Map<String, Latest> latest() {
        return database.transact(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                            "SELECT n.node, n.run, n.status FROM nodes n JOIN (SELECT node, MAX(run) AS run FROM nodes GROUP BY node) l"
                                    + " ON n.node = l.node AND n.run = l.run");
                    ResultSet row = select.executeQuery()) {
                Map<String, Latest> latest = new HashMap<>();
                while (row.next()) {
                    latest.put(row.getString(1), new Latest(new RunId(row.getString(2)), row.getString(3)));
                }
                return latest;
            }
        });
    }

    /** Forgets all but the newest runs; returns those that it forgot. */
    public List<RunId> prune(int keep) {
        return database.transact(connection -> {
            List<RunId> old = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT id FROM runs WHERE state NOT IN ('queued', 'running') ORDER BY id DESC OFFSET ?")) {
                select.setInt(1, keep);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        old.add(new RunId(row.getString(1)));
                    }
                }
            }
            for (RunId id : old) {
                delete(connection, "DELETE FROM nodes WHERE run = ?", id);
                delete(connection, "DELETE FROM requests WHERE run = ?", id);
                delete(connection, "DELETE FROM runs WHERE id = ?", id);
            }
            return old;
        });
    }

    private static void save(Connection connection, Run run) throws SQLException {
        try (PreparedStatement merge = connection.prepareStatement(
                "MERGE INTO runs (id, pipeline, state, verb, body) KEY (id) VALUES (?, ?, ?, ?, ?)")) {
            merge.setString(1, run.runId().value());
            merge.setString(2, run.pipeline());
            merge.setString(3, run.state().word());
            merge.setString(4, run.verb());
            merge.setString(5, Json.text(run.brief()));
            merge.executeUpdate();
        }
        if (run.models() == null) {
            return;
        }
        delete(connection, "DELETE FROM nodes WHERE run = ?", run.runId());
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO nodes (run, place, node, status, seconds, body) VALUES (?, ?, ?, ?, ?, ?)")) {
            int place = 0;
            for (NodeResult node : run.models()) {
                insert.setString(1, run.runId().value());
                insert.setInt(2, place++);
                insert.setString(3, node.uniqueId());
                insert.setString(4, node.status());
                insert.setDouble(5, node.seconds());
                insert.setString(6, Json.text(node));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void delete(Connection connection, String sql, RunId id) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setString(1, id.value());
            delete.executeUpdate();
        }
    }

    private static <T> List<T> bodies(PreparedStatement select, Class<T> type) throws SQLException {
        List<T> bodies = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                bodies.add(Json.read(row.getString(1), type));
            }
        }
        return bodies;
    }
}
