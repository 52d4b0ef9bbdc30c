package millrace.stream.sink;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import millrace.contract.failure.Failure;
import millrace.contract.pipeline.TableName;
import millrace.loader.clickhouse.ClickHouseHttp;
import millrace.loader.clickhouse.Ddl;
import millrace.loader.codec.TimeLimits;
import millrace.loader.run.RefusedRow;
import millrace.stream.failpoint.Failpoint;
import millrace.stream.source.TextLookup;

/**
 * Writes batches: their rows, then the position, so that a batch that was interrupted comes again and changes nothing that was
 * written. A transaction that is too large for a batch waits in staging tables, and appears with its end.
 */
public final class BatchWriter implements AutoCloseable {
    private static final int AT_ONCE = 4;

    private final ClickHouseHttp http;
    private final PositionKeeper keeper;
    private final RefusalListener listener;
    private final Set<FollowedTable> refused = ConcurrentHashMap.newKeySet();
    private final TextLookup texts;
    private final TimeLimits limits;
    private final ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE, BatchWriter::thread);
    private final Map<FollowedTable, TableWriter> writers = new HashMap<>();
    /** The tables that the large transaction under way has rows of, each with the statements that come before its rows. */
    private final Map<FollowedTable, List<String>> staged = new LinkedHashMap<>();

    public BatchWriter(
            ClickHouseHttp http, PositionKeeper keeper, RefusalListener listener, TextLookup texts, TimeLimits limits) {
        this.http = requireNonNull(http, "http is null");
        this.keeper = requireNonNull(keeper, "keeper is null");
        this.listener = requireNonNull(listener, "listener is null");
        this.texts = requireNonNull(texts, "texts is null");
        this.limits = requireNonNull(limits, "limits is null");
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "write");
        thread.setDaemon(true);
        return thread;
    }

    /** Removes what a follower that was killed has left of these tables, and of their copies. */
    public static void clear(ClickHouseHttp http, Collection<TableName> storages) {
        if (storages.isEmpty()) {
            return;
        }
        String names = storages.stream()
                .map(name -> Ddl.literal(name + ".") + ", " + Ddl.literal(Ddl.OWN + "." + name + "."))
                .collect(Collectors.joining(", "));
        http.query("SELECT name FROM system.tables WHERE database = " + Ddl.literal(Ddl.OWN)
                        + " AND (endsWith(name, '.transaction') OR endsWith(name, '.incomplete'))"
                        + " AND arrayExists(base -> startsWith(name, base), [" + names + "]) FORMAT TSVRaw")
                .lines()
                .forEach(name -> http.query(Statements.drop(new TableName(Ddl.OWN, name))));
    }

    public void write(Batch batch) {
        batch.left().forEach(this::leave);
        switch (batch.part()) {
            case WHOLE -> writeWhole(batch);
            case BEGINNING -> stage(batch);
            case END -> {
                stage(batch);
                attach();
                keepPosition(batch);
            }
        }
    }

    private void writeWhole(Batch batch) {
        batch.tables().keySet().forEach(this::writer);
        forEach(batch.tables(), (table, changes) -> {
            if (changes.isTruncated()) {
                http.query(truncation(table, changes));
                Failpoint.AFTER_TRUNCATE.reach();
            }
            write(table, changes, table.storage());
            Failpoint.MID_ROWS.reach();
        });
        Failpoint.AFTER_ROWS.reach();
        keepPosition(batch);
    }

    private void write(FollowedTable table, TableBatch changes, TableName into) {
        if (refused.contains(table)) {
            return;
        }
        try {
            writer(table).write(changes.changes(), into);
        } catch (Failure failure) {
            if (!failure.code().equals(RefusedRow.CODE)) {
                throw failure;
            }
            listener.refused(table, failure);
            refused.add(table);
        }
    }

    private void keepPosition(Batch batch) {
        keeper.keep(batch);
        Failpoint.AFTER_POSITION.reach();
    }

    private synchronized void leave(FollowedTable table) {
        writers.remove(table);
        refused.remove(table);
        if (staged.remove(table) != null) {
            http.query(Statements.drop(Statements.staging(table)));
        }
    }

    private synchronized TableWriter writer(FollowedTable table) {
        return writers.computeIfAbsent(table, key -> new TableWriter(key, http, texts, limits));
    }

    private void stage(Batch batch) {
        batch.tables().forEach(this::prepareStaging);
        forEach(batch.tables(), (table, changes) -> write(table, changes, Statements.staging(table)));
        Failpoint.MID_TRANSACTION.reach();
    }

    private void prepareStaging(FollowedTable table, TableBatch changes) {
        if (!staged.containsKey(table) || changes.isTruncated()) {
            http.query(Statements.drop(Statements.staging(table)));
            http.query(Statements.createStaging(table));
            staged.put(table, changes.isTruncated() ? List.of(truncation(table, changes)) : List.of());
        }
    }

    private static String truncation(FollowedTable table, TableBatch changes) {
        return Statements.truncate(table, changes.truncatedLsn(), changes.truncatedVersion());
    }

    private void attach() {
        staged.forEach((table, before) -> {
            if (refused.contains(table)) {
                return;
            }
            before.forEach(http::query);
            http.query(Statements.attachStaging(table));
            Failpoint.MID_ATTACH.reach();
        });
        staged.keySet().forEach(table -> http.query(Statements.drop(Statements.staging(table))));
        staged.clear();
    }

    @FunctionalInterface
    private interface Action {
        void on(FollowedTable table, TableBatch changes);
    }

    /** Tables at the same time. All of them have ended when this returns. */
    private void forEach(Map<FollowedTable, TableBatch> tables, Action action) {
        List<Future<?>> begun = new ArrayList<>();
        tables.forEach((table, changes) -> begun.add(pool.submit(() -> action.on(table, changes))));
        Failure first = null;
        for (Future<?> each : begun) {
            try {
                each.get();
            } catch (ExecutionException e) {
                Failure failure = e.getCause() instanceof Failure known ? known : defect(e.getCause());
                first = first == null ? failure : first;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                first = Failure.running("interrupted", "The stream was interrupted.", "Run it again.");
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private static Failure defect(Throwable cause) {
        return Failure.running(
                "defect", "Writing changes met an unexpected error: " + cause, "Please report this.", cause);
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
