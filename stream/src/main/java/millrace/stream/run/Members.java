package millrace.stream.run;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import millrace.contract.failure.Failure;
import millrace.contract.pipeline.TableEntry;
import millrace.contract.pipeline.TableName;
import millrace.loader.codec.TimeLimits;
import millrace.stream.sink.FollowedTable;
import millrace.stream.sink.KnownTable;
import millrace.stream.sink.Positions;
import millrace.stream.source.SchemaChange;
import millrace.stream.source.SourceDatabase;
import millrace.stream.source.TableCheck;
import millrace.stream.source.TableShape;

/** Which tables of a pipeline are followed and which are not; what ClickHouse keeps about it comes first. One thread uses it. */
final class Members {
    private final Setup setup;
    private final Positions positions;
    private final FollowState state;
    private final long generation;
    private final Map<TableName, TableEntry> entries = new LinkedHashMap<>();
    private final Map<TableName, FollowedTable> followed = new LinkedHashMap<>();
    private final CopyQueue queue = new CopyQueue();
    private final Queue<Refused> refused = new ConcurrentLinkedQueue<>();

    /** A table whose changes cannot be written. */
    record Refused(FollowedTable table, Failure reason) {
        Refused {
            requireNonNull(table, "table is null");
            requireNonNull(reason, "reason is null");
        }
    }

    /** @param generation of the pipeline's slot */
    Members(Setup setup, Positions positions, FollowState state, long generation) {
        this.setup = requireNonNull(setup, "setup is null");
        this.positions = requireNonNull(positions, "positions is null");
        this.state = requireNonNull(state, "state is null");
        this.generation = generation;
    }

    /** Follows the tables that are as they were when they were copied. The others are to be copied. */
    void begin(SourceDatabase database, Collection<TableEntry> tables, TimeLimits limits) {
        tables.forEach(entry -> entries.put(entry.source(), entry));
        Map<TableName, TableShape> shapes = database.shapes(entries.keySet());
        Map<String, KnownTable> known = positions.tables();
        state.keepTables(entries.keySet());
        List<TableEntry> same = new ArrayList<>();
        for (TableEntry entry : entries.values()) {
            Optional<TableShape> shape = Optional.ofNullable(shapes.get(entry.source()));
            KnownTable before = known.get(setup.storage(entry).toString());
            if (KnownTable.isPaused(before)) {
                state.table(entry.source(), TableStatus.paused());
            } else if (before != null
                    && shape.filter(before::isAs).isPresent()
                    && TableCheck.obstacles(entry, shape).isEmpty()) {
                same.add(entry);
                state.table(entry.source(), TableStatus.following());
            } else {
                if (before != null && before.state() == KnownTable.State.FOLLOWED) {
                    note(new SchemaChange(entry.source(), "it is not as it was when it was copied"));
                }
                wait(entry, "It is to be copied.");
            }
        }
        Tables.followed(setup, same, shapes, limits)
                .forEach(table -> followed.put(table.spec().source(), table));
    }

    private void note(SchemaChange change) {
        positions.note(change, state.applied());
    }

    private void wait(TableEntry entry, String sentence) {
        positions.leave(entry.source(), setup.storage(entry), generation, KnownTable.State.LEFT, sentence);
        queue.want(entry, System.nanoTime());
        state.table(entry.source(), TableStatus.left(sentence));
    }

    Collection<FollowedTable> followed() {
        return followed.values();
    }

    Collection<TableName> storages() {
        return entries.values().stream().map(setup::storage).toList();
    }

    CopyQueue queue() {
        return queue;
    }

    /** The table with a name as people write it, with or without its schema. */
    Optional<TableEntry> named(String name) {
        return entries.values().stream()
                .filter(entry -> entry.source().toString().equals(name)
                        || entry.source().table().equals(name))
                .findFirst();
    }

    boolean hidesRows() {
        return followed.values().stream().anyMatch(FollowedTable::hidesRows);
    }

    boolean isFollowed(TableEntry entry) {
        return followed.containsKey(entry.source());
    }

    /** A table has changed: it is copied anew. Empty when it was not followed. */
    Optional<FollowedTable> leave(SchemaChange change) {
        FollowedTable table = followed.remove(change.source());
        if (table != null) {
            note(change);
            wait(entries.get(change.source()), change.getMessage());
        }
        return Optional.ofNullable(table);
    }

    /** Changes of a table cannot be written, so that it is left. May be called by any thread; {@link #takeRefused} follows. */
    void refused(FollowedTable table, Failure reason) {
        positions.leave(table.spec().source(), table.storage(), generation, KnownTable.State.LEFT, reason.sentence());
        refused.add(new Refused(table, reason));
    }

    /** A table that has been refused since this was last called. It is copied again and again, until that can be done. */
    Optional<Refused> takeRefused() {
        Refused next = refused.poll();
        if (next == null) {
            return Optional.empty();
        }
        TableName source = next.table().spec().source();
        if (followed.remove(source, next.table())) {
            queue.failed(entries.get(source), System.nanoTime());
            state.table(source, TableStatus.waiting(next.reason()));
        }
        return Optional.of(next);
    }

    /** Somebody wants no more changes of the table. */
    Optional<FollowedTable> pause(TableEntry entry) {
        positions.leave(
                entry.source(),
                setup.storage(entry),
                generation,
                KnownTable.State.PAUSED,
                "It was paused by a command.");
        queue.forget(entry.source());
        state.table(entry.source(), TableStatus.paused());
        return Optional.ofNullable(followed.remove(entry.source()));
    }

    /** Has a table copied anew; if it is followed, it is so meanwhile. */
    void recopy(TableEntry entry) {
        if (followed.containsKey(entry.source())) {
            queue.want(entry, System.nanoTime());
        } else {
            wait(entry, "It is to be copied.");
        }
    }

    /** The copy of a table is about to take its place: until that is sure, it counts as left. Empty when it was left before. */
    Optional<FollowedTable> beginExchange(TableEntry entry) {
        positions.leave(
                entry.source(),
                setup.storage(entry),
                generation,
                KnownTable.State.LEFT,
                "Its copy is about to take its place.");
        return Optional.ofNullable(followed.remove(entry.source()));
    }

    /** A copy has taken its place. */
    void join(FollowedTable table) {
        TableName source = table.spec().source();
        positions.follow(List.of(table), generation);
        queue.forget(source);
        followed.put(source, table);
        state.table(source, TableStatus.following());
    }
}
