package millrace.stream.run;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import millrace.contract.failure.Failure;
import millrace.contract.pipeline.TableName;
import millrace.stream.source.ReplicationConnection.NewSlot;
import millrace.stream.source.SourceDatabase;
import millrace.stream.source.TableShape;

/**
 * The moment at which a new slot begins, to copy tables as of it: until this is closed they keep their shape.
 *
 * @param slot that begins there
 * @param shapes of the tables at that moment
 */
record CopyMoment(NewSlot slot, Map<TableName, TableShape> shapes, SourceDatabase locks) implements AutoCloseable {
    CopyMoment {
        requireNonNull(slot, "slot is null");
        shapes = Map.copyOf(shapes);
        requireNonNull(locks, "locks is null");
    }

    /**
     * Takes it. Making a slot waits for all transactions that write, and one of them may want to change a table's shape: so the
     * tables are locked behind it, and then held against what they were before it.
     *
     * @throws Failure when one of them changed meanwhile, as rows that were rewritten would read as missing
     */
    static CopyMoment take(Setup setup, List<TableName> sources, Supplier<NewSlot> maker) {
        SourceDatabase locks = setup.database();
        try {
            Map<TableName, TableShape> before = locks.shapes(sources);
            NewSlot slot = maker.get();
            locks.lock(sources);
            Map<TableName, TableShape> shapes = locks.shapes(sources);
            for (TableName source : sources) {
                TableShape then = before.get(source);
                TableShape now = shapes.get(source);
                if (then == null || now == null || !now.isAs(then.digest())) {
                    throw Failure.passing(
                            "changed-while-copied",
                            "The table " + source + " changed its shape just when it was to be copied.",
                            "It is copied again.",
                            null);
                }
            }
            return new CopyMoment(slot, shapes, locks);
        } catch (Failure failure) {
            locks.close();
            throw failure;
        }
    }

    @Override
    public void close() {
        locks.close();
    }
}
