package millrace.stream.sink;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import millrace.contract.pipeline.TableName;
import millrace.loader.clickhouse.ClickHouseHttp;
import millrace.loader.codec.BlockColumn;
import millrace.loader.codec.RefusedCell;
import millrace.loader.codec.RowBlock;
import millrace.loader.codec.TimeLimits;
import millrace.loader.plan.ColumnSpec;
import millrace.loader.run.RefusedRow;
import millrace.stream.protocol.Image;
import millrace.stream.protocol.TupleBuffer;
import millrace.stream.source.TextLookup;

/** Writes the changes of one table. One thread at a time uses it. */
final class TableWriter {
    private static final int HIDDEN = 3;
    private static final int VERSION_BYTES = 16;

    private final FollowedTable table;
    private final ClickHouseHttp http;
    private final TextLookup texts;
    private final TimeLimits limits;
    private final RowMaker maker;
    private final RowBlock block;
    private final TupleBuffer tuple = new TupleBuffer();
    /** Whether all changes that come are new, and none has come before this process began or the table was copied. */
    private boolean isPastReplay;

    TableWriter(FollowedTable table, ClickHouseHttp http, TextLookup texts, TimeLimits limits) {
        this.table = table;
        this.http = http;
        this.texts = texts;
        this.limits = limits;
        maker = new RowMaker(table);
        block = new RowBlock(table.blockColumns(limits));
    }

    /** @param into the table itself, or the staging table of a large transaction */
    void write(List<Change> changes, TableName into) {
        if (changes.isEmpty()) {
            return;
        }
        List<Row> rows = maker.rows(changes);
        int known = isPastReplay || rows.stream().allMatch(row -> row.base() == null) ? 0 : known(changes);
        if (known > 0 && known < changes.size()) {
            // Those that were written already may have taken away what the new ones are based on before them.
            write(changes.subList(0, known), into);
            write(changes.subList(known, changes.size()), into);
            return;
        }
        askForTexts(rows);
        List<Row> complete = new ArrayList<>(rows.size());
        Map<Set<Integer>, List<Row>> incomplete = new LinkedHashMap<>();
        for (Row row : rows) {
            if (row.base() == null) {
                complete.add(row);
            } else {
                incomplete
                        .computeIfAbsent(unknown(row.image()), set -> new ArrayList<>())
                        .add(row);
            }
        }
        // First, while the rows that they are based on are what they were.
        incomplete.forEach((unknown, some) -> complete(some, unknown, into));
        if (!complete.isEmpty()) {
            http.insert(Statements.insert(table, into), out -> send(complete, block, out));
        }
    }

    /** How many of the changes came before the latest that the table has. */
    private int known(List<Change> changes) {
        BigInteger latest = new BigInteger(http.query(Statements.latest(table)).strip());
        int known = 0;
        while (known < changes.size() && version(changes.get(known)).compareTo(latest) <= 0) {
            known++;
        }
        isPastReplay = known == 0;
        return known;
    }

    private static BigInteger version(Change change) {
        return Statements.version(change.commitLsn(), change.versionOfOld());
    }

    private static Set<Integer> unknown(Image image) {
        Set<Integer> unknown = new TreeSet<>();
        for (int i = 0; i < image.columns(); i++) {
            if (image.isUnchanged(i)) {
                unknown.add(i);
            }
        }
        return unknown;
    }

    private void complete(List<Row> rows, Set<Integer> unknown, TableName into) {
        http.query(Statements.drop(Statements.incomplete(table)));
        http.query(Statements.createIncomplete(table));
        RowBlock wider = new RowBlock(withBase());
        http.insert(Statements.insertIncomplete(table), out -> send(rows, wider, out));
        http.query(Statements.complete(table, unknown, into));
        http.query(Statements.drop(Statements.incomplete(table)));
    }

    private List<BlockColumn> withBase() {
        List<BlockColumn> columns = new ArrayList<>(table.blockColumns(limits));
        int i = 0;
        for (int position : table.spec().keyPositions()) {
            BlockColumn key = table.spec().columns().get(position).target();
            columns.add(new BlockColumn(Statements.base(i++), key.codec(), false));
        }
        return columns;
    }

    private void send(List<Row> rows, RowBlock into, OutputStream out) throws IOException {
        for (Row row : rows) {
            assemble(row);
            try {
                into.append(tuple.bytes(), 0, tuple.length());
            } catch (RefusedCell refused) {
                throw RefusedRow.failure(table.spec(), refused, column -> into.text(tuple.bytes(), 0, column));
            }
            if (into.isFull()) {
                into.flush(out);
            }
        }
        into.flush(out);
    }

    private void assemble(Row row) {
        Image image = row.image();
        int[] key = row.base() == null ? new int[0] : table.keyPositions();
        tuple.begin(image.columns() + HIDDEN + key.length);
        image.writeTo(tuple);
        tuple.putInt(VERSION_BYTES);
        tuple.putLong(row.commitLsn());
        tuple.putLong(row.ordinal());
        if (table.isKeyed()) {
            tuple.putInt(1);
            tuple.putByte(row.removed() ? 1 : 0);
        } else {
            tuple.putInt(Short.BYTES);
            tuple.putShort(row.removed() ? -1 : 1);
        }
        tuple.putInt(Long.BYTES);
        tuple.putLong(row.commitMicros());
        for (int position : key) {
            byte[] value = row.base().value(position);
            tuple.putInt(value.length);
            tuple.put(value, 0, value.length);
        }
    }

    private record Asked(Image image, int column, TextLookup.Value value) {}

    private void askForTexts(List<Row> rows) {
        List<Asked> asked = new ArrayList<>();
        List<ColumnSpec> columns = table.spec().columns();
        for (int i = 0; i < columns.size(); i++) {
            int column = i;
            Optional<Long> type = table.typeAskedFor(i);
            type.ifPresent(oid -> rows.forEach(row -> {
                ask(row.image(), column, oid, asked);
                if (row.base() != null) {
                    ask(row.base(), column, oid, asked);
                }
            }));
        }
        if (asked.isEmpty()) {
            return;
        }
        List<byte[]> found = texts.texts(asked.stream().map(Asked::value).toList());
        for (int i = 0; i < asked.size(); i++) {
            asked.get(i).image().set(asked.get(i).column(), found.get(i), true);
        }
    }

    private static void ask(Image image, int column, long type, List<Asked> asked) {
        if (image.isValue(column) && !image.isText(column)) {
            asked.add(new Asked(image, column, new TextLookup.Value(type, image.value(column))));
        }
    }
}
