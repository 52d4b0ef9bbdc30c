package millrace.stream.run;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import millrace.contract.pipeline.TableName;
import millrace.stream.sink.FollowedTable;
import millrace.stream.source.SchemaChange;
import millrace.stream.source.SourceDatabase;
import millrace.stream.source.TableShape;

/** Looks again and again for changes of tables that the stream does not tell: rewrites, and what no row has followed yet. */
final class CatalogWatch {
    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final SourceDatabase database;
    private final List<FollowedTable> tables;
    private long lookedAt = System.nanoTime();

    CatalogWatch(SourceDatabase database, List<FollowedTable> tables) {
        this.database = requireNonNull(database, "database is null");
        this.tables = List.copyOf(tables);
    }

    /** @throws SchemaChange when there is one */
    void look(long now) {
        if (now - lookedAt < EVERY_NANOS) {
            return;
        }
        lookedAt = now;
        Map<TableName, TableShape> shapes = database.shapes(
                tables.stream().map(table -> table.spec().source()).toList());
        for (FollowedTable table : tables) {
            TableShape shape = shapes.get(table.spec().source());
            if (shape == null) {
                throw new SchemaChange(table.spec().source(), "it is gone");
            }
            if (!shape.isAs(table.shape().digest())) {
                throw new SchemaChange(table.spec().source(), "its definition or its rows were written anew");
            }
        }
    }
}
