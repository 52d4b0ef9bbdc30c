package millrace.stream.source;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Collectors;
import millrace.contract.pipeline.TableName;
import millrace.stream.protocol.RelationColumn;

/**
 * A table of the source, as far as the stream of its changes depends on it.
 *
 * @param kind pg_class.relkind: r a table, p a partitioned one
 * @param persistence p, or u and t for tables that are not logged
 * @param identity how Postgres names rows that change: d by the primary key, i by an index, f by the whole row, n not at all
 * @param key the columns of the primary key or of the index of the identity; empty when there is none
 * @param immediate whether that key is checked at once, rather than at the end of a transaction
 * @param related whether it is a partition, or inherited
 * @param columns those that the stream sends
 * @param generated the names of those that it does not send, because Postgres computes them
 * @param state what tells whether its rows were written anew
 */
public record TableShape(
        long oid,
        TableName name,
        char kind,
        char persistence,
        char identity,
        List<String> key,
        boolean immediate,
        boolean related,
        List<RelationColumn> columns,
        List<String> generated,
        State state) {
    /**
     * Changes of a table that its columns do not show.
     *
     * @param numbers those of its columns, without those that were dropped; the labels of enums and how it is published, digested
     * @param columns differs after each change of the definition of a column
     * @param file differs after each rewrite, and after TRUNCATE
     */
    public record State(String numbers, String columns, String file) {
        public State {
            requireNonNull(numbers, "numbers is null");
            requireNonNull(columns, "columns is null");
            requireNonNull(file, "file is null");
        }
    }

    public TableShape {
        requireNonNull(state, "state is null");
        requireNonNull(name, "name is null");
        key = List.copyOf(key);
        columns = List.copyOf(columns);
        generated = List.copyOf(generated);
    }

    /** Whether every change tells by a unique key which row it is about. */
    public boolean isKeyed() {
        return identity != 'n' && !key.isEmpty() && immediate;
    }

    /** Whether every change tells the whole row that was. */
    public boolean isFull() {
        return identity == 'f';
    }

    /** What must not change unnoticed, as a text for {@link #isAs}. */
    public String digest() {
        return state.columns() + " " + state.file() + "\n" + definition();
    }

    /**
     * Whether rows that were copied when the table had this digest, and followed since, are those of the table. A type that
     * changes by USING or a default that is computed writes a new file and changes a column; TRUNCATE does only the one.
     */
    public boolean isAs(String digest) {
        int end = digest.indexOf('\n');
        String[] before = digest.substring(0, Math.max(0, end)).split(" ");
        return before.length == 2
                && digest.substring(end + 1).equals(definition())
                && (before[0].equals(state.columns()) || before[1].equals(state.file()));
    }

    private String definition() {
        return columns.stream()
                .map(column -> column.type() + " " + column.modifier() + " " + column.name())
                .collect(Collectors.joining(
                        "\n",
                        oid + " " + identity + " " + state.numbers() + "\n" + (isKeyed() ? String.join(",", key) : "")
                                + "\n",
                        ""));
    }
}
