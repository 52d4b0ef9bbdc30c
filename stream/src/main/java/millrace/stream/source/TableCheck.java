package millrace.stream.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.contract.pipeline.ColumnOptions;
import millrace.contract.pipeline.OnRefusal;
import millrace.contract.pipeline.TableEntry;
import millrace.contract.pipeline.TableOptions;

/** Looks for what keeps a table from being followed. */
public final class TableCheck {
    private TableCheck() {}

    /** @param shape empty when the source has no such table */
    public static List<Obstacle> obstacles(TableEntry entry, Optional<TableShape> shape) {
        List<Obstacle> found = new ArrayList<>(options(entry));
        if (shape.isEmpty()) {
            found.add(new Obstacle("Postgres has no table " + entry.source() + "."));
        } else {
            found.addAll(shape(entry, shape.get()));
        }
        return found;
    }

    private static List<Obstacle> shape(TableEntry entry, TableShape shape) {
        List<Obstacle> found = new ArrayList<>();
        String name = ServerCheck.names(List.of(shape.name()));
        if (shape.kind() != 'r' || shape.related()) {
            found.add(new Obstacle(entry.source() + " is "
                    + switch (shape.kind()) {
                        case 'v' -> "a view, which has no changes of its own";
                        case 'm' -> "a materialized view, which has no changes of its own";
                        case 'f' -> "a foreign table, whose changes Postgres does not see";
                        default -> "partitioned or inherited, which cannot be followed yet";
                    }
                    + "."));
            return found;
        }
        if (shape.persistence() != 'p') {
            found.add(new Obstacle(
                    entry.source() + " is not logged, so Postgres does not send its changes.",
                    "ALTER TABLE " + name + " SET LOGGED;"));
        }
        identity(shape, name).ifPresent(found::add);
        if (!shape.generated().isEmpty()) {
            found.add(new Obstacle("Postgres computes " + String.join(", ", shape.generated()) + " of " + entry.source()
                    + " and does not send it: a table with such a column cannot be followed yet."));
        }
        shape.columns().stream()
                .filter(column -> List.of("_version", "_is_deleted", "_commit_time", "_row", "_sign", "_refused")
                        .contains(column.name()))
                .forEach(column -> found.add(new Obstacle("The column " + column.name() + " of " + entry.source()
                        + " has a name that the tables of changes use themselves.")));
        key(entry, shape).ifPresent(found::add);
        return found;
    }

    private static Optional<Obstacle> identity(TableShape shape, String name) {
        if (shape.isKeyed() || shape.isFull()) {
            return Optional.empty();
        }
        String why = shape.identity() == 'n'
                ? " tells of no row which one has changed (REPLICA IDENTITY NOTHING)"
                : shape.key().isEmpty() ? " has no primary key" : " has a key that is DEFERRABLE";
        return Optional.of(new Obstacle(
                shape.name() + why + ": Postgres refuses to update or delete its rows while it is published."
                        + " It can be followed when whole rows are sent.",
                "ALTER TABLE " + name + " REPLICA IDENTITY FULL;"));
    }

    private static Optional<Obstacle> key(TableEntry entry, TableShape shape) {
        List<String> key = entry.options().key();
        if (!key.isEmpty() && !key.equals(shape.isKeyed() ? shape.key() : List.of())) {
            return Optional.of(new Obstacle("The \"key\" of " + entry.source() + " in the pipeline file is not "
                    + (shape.isKeyed() ? String.join(", ", shape.key()) : "possible, as the table has none")
                    + ": a table that is followed has the key that Postgres names its rows by."));
        }
        for (Map.Entry<String, ColumnOptions> column : entry.options().columns().entrySet()) {
            if (shape.isKeyed()
                    && shape.key().contains(column.getKey())
                    && column.getValue().onRefusal() == OnRefusal.NULL) {
                return Optional.of(new Obstacle("Column " + column.getKey() + " is part of the key of " + entry.source()
                        + ", so none of its values may become NULL."));
            }
        }
        return Optional.empty();
    }

    private static List<Obstacle> options(TableEntry entry) {
        TableOptions options = entry.options();
        List<String> refused = new ArrayList<>();
        if (options.mode().increments().isPresent()) {
            refused.add("mode");
        }
        addIfSet(refused, "engine", options.engine());
        addIfSet(refused, "order_by", options.orderBy());
        addIfSet(refused, "partition_by", options.partitionBy());
        addIfSet(refused, "ttl", options.ttl());
        return refused.stream()
                .map(key -> new Obstacle("\"" + key + "\" of " + entry.source()
                        + " is not for tables that are followed: leave it out of the pipeline file."))
                .toList();
    }

    private static void addIfSet(List<String> refused, String key, String value) {
        if (!value.isEmpty()) {
            refused.add(key);
        }
    }
}
