package millrace.stream.protocol;

import static java.util.Objects.requireNonNull;

import java.util.List;
import millrace.contract.pipeline.TableName;

/** What Postgres' plug-in pgoutput sends, of its protocol's first version ("Logical Replication Message Formats" in the manual). */
public sealed interface Message {
    /**
     * The changes of a transaction follow.
     *
     * @param commitLsn where its commit lies in the log
     * @param commitMicros when it was committed, in microseconds since 2000-01-01 00:00 UTC
     */
    record Begin(long commitLsn, long commitMicros, long transaction) implements Message {}

    /** @param endLsn the first place behind the commit */
    record Commit(long commitLsn, long endLsn) implements Message {}

    /** How the tuples of a table look from now on. */
    record Relation(long oid, TableName name, char identity, List<RelationColumn> columns) implements Message {
        public Relation {
            requireNonNull(name, "name is null");
            columns = List.copyOf(columns);
        }
    }

    /**
     * A row was inserted, updated or deleted.
     *
     * @param kind I, U or D
     * @param offset where, within the bytes, the tuples begin, each with a letter before it
     */
    record RowChange(char kind, long relation, byte[] bytes, int offset, int length) implements Message {}

    record Truncate(List<Long> relations) implements Message {
        public Truncate {
            relations = List.copyOf(relations);
        }
    }

    /** Something else: a type's name, an origin, a message of another program. */
    record Other(char kind) implements Message {}
}
