package millrace.stream.sink;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import millrace.contract.pipeline.TableName;
import millrace.loader.clickhouse.Ddl;
import millrace.loader.plan.ColumnSpec;

/** The statements about a followed table that ClickHouse gets. */
final class Statements {
    /** Rows are there when the server says so, and equal blocks are not taken for one. */
    private static final String SETTINGS = " SETTINGS async_insert = 0, insert_deduplicate = 0";

    /** A large value that is not sent again may be the one that does not fit. */
    private static final String REFUSED_OF_BASE =
            "if(n." + Hidden.REFUSED + " = '', b." + Hidden.REFUSED + ", n." + Hidden.REFUSED + ")";

    private Statements() {}

    static Stream<String> names(FollowedTable table) {
        return table.spec().columns().stream().map(column -> Ddl.quoted(column.name()));
    }

    static String insert(FollowedTable table, TableName into) {
        return "INSERT INTO " + Ddl.quoted(into) + " (" + all(table) + ")" + SETTINGS + " FORMAT Native";
    }

    private static String all(FollowedTable table) {
        return Stream.concat(names(table), hidden(table)).collect(Collectors.joining(", "));
    }

    private static Stream<String> hidden(FollowedTable table) {
        return Stream.concat(
                Hidden.names(table.isKeyed()).stream(),
                table.spec().quarantines() ? Stream.of(Hidden.REFUSED) : Stream.empty());
    }

    /** Removes what came before a TRUNCATE. It may run again at any time: later rows stay. */
    static String truncate(FollowedTable table, long lsn, int ordinal) {
        return "ALTER TABLE " + Ddl.quoted(table.storage()) + " DELETE WHERE " + Hidden.VERSION + " < toUInt128('"
                + version(lsn, ordinal) + "') SETTINGS mutations_sync = 1";
    }

    static String latest(FollowedTable table) {
        return "SELECT max(" + Hidden.VERSION + ") FROM " + Ddl.quoted(table.storage());
    }

    static BigInteger version(long lsn, int ordinal) {
        return new BigInteger(
                1,
                ByteBuffer.allocate(2 * Long.BYTES)
                        .putLong(lsn)
                        .putLong(ordinal)
                        .array());
    }

    /** Where the rows of a large transaction wait for its end. */
    static TableName staging(FollowedTable table) {
        return new TableName(Ddl.OWN, table.storage() + ".transaction");
    }

    static String createStaging(FollowedTable table) {
        return "CREATE TABLE " + Ddl.quoted(staging(table)) + " AS " + Ddl.quoted(table.storage());
    }

    static String drop(TableName table) {
        return "DROP TABLE IF EXISTS " + Ddl.quoted(table) + " SYNC";
    }

    static String attachStaging(FollowedTable table) {
        return "ALTER TABLE " + Ddl.quoted(table.storage()) + " ATTACH PARTITION ALL FROM "
                + Ddl.quoted(staging(table));
    }

    /** Where rows wait for large values that the stream did not repeat. */
    static TableName incomplete(FollowedTable table) {
        return new TableName(Ddl.OWN, table.storage() + ".incomplete");
    }

    static String base(int key) {
        return "_base_" + key;
    }

    static String createIncomplete(FollowedTable table) {
        List<String> columns = new ArrayList<>();
        table.spec()
                .columns()
                .forEach(column -> columns.add(
                        Ddl.quoted(column.name()) + " " + column.target().clickhouseType()));
        columns.add(Hidden.VERSION + " UInt128");
        columns.add(Hidden.DELETED + " UInt8");
        columns.add(Hidden.TIME + " DateTime64(6, 'UTC')");
        columns.add(Hidden.REFUSED + " String");
        List<ColumnSpec> key = key(table);
        for (int i = 0; i < key.size(); i++) {
            columns.add(base(i) + " " + key.get(i).target().clickhouseType());
        }
        return "CREATE TABLE " + Ddl.quoted(incomplete(table)) + " (" + String.join(", ", columns)
                + ") ENGINE = Memory";
    }

    private static List<ColumnSpec> key(FollowedTable table) {
        return table.spec().keyPositions().stream()
                .map(position -> table.spec().columns().get(position))
                .toList();
    }

    static String insertIncomplete(FollowedTable table) {
        String bases = IntStream.range(0, table.spec().key().size())
                .mapToObj(i -> ", " + base(i))
                .collect(Collectors.joining());
        return "INSERT INTO " + Ddl.quoted(incomplete(table)) + " (" + all(table) + bases + ") FORMAT Native";
    }

    /**
     * Completes rows with the values that their base has: the row of the key that they had before the batch. What the table
     * has already, or something later, is not written again: when a batch comes for the second time its bases may be gone.
     *
     * @param unknown the columns without a value
     * @param into where rows go: the table, or the staging table of the transaction under way
     */
    static String complete(FollowedTable table, Set<Integer> unknown, TableName into) {
        List<String> key =
                key(table).stream().map(column -> Ddl.quoted(column.name())).toList();
        List<String> lost = unknown.stream()
                .map(position -> Ddl.quoted(table.spec().columns().get(position).name()))
                .toList();
        String incomplete = Ddl.quoted(incomplete(table));
        String bases = IntStream.range(0, key.size()).mapToObj(Statements::base).collect(Collectors.joining(", "));
        String keys = String.join(", ", key);
        String wanted = Stream.concat(key.stream(), lost.stream().filter(name -> !key.contains(name)))
                .collect(Collectors.joining(", "));
        String found = candidates(table, into)
                .map(from -> "SELECT " + wanted + ", "
                        + String.join(", ", Hidden.VERSION, Hidden.DELETED, Hidden.REFUSED)
                        + " FROM "
                        + Ddl.quoted(from) + " WHERE (" + keys + ") IN (SELECT " + bases + " FROM " + incomplete + ")")
                .collect(Collectors.joining(" UNION ALL "));
        String base = "SELECT *, 1 AS _found FROM (SELECT * FROM (" + found + ") ORDER BY " + Hidden.VERSION
                + " DESC LIMIT 1 BY " + keys + ") WHERE NOT " + Hidden.DELETED;
        String seen = "SELECT " + keys + ", max(" + Hidden.VERSION + ") AS _seen FROM " + Ddl.quoted(table.storage())
                + " WHERE (" + keys + ") IN (SELECT " + keys + " FROM " + incomplete + ") GROUP BY " + keys;
        String values = Stream.concat(
                        names(table).map(name -> (lost.contains(name) ? "b." : "n.") + name),
                        hidden(table).map(name -> name.equals(Hidden.REFUSED) ? REFUSED_OF_BASE : "n." + name))
                .collect(Collectors.joining(", "));
        String isNew = "s._seen < n." + Hidden.VERSION;
        return "INSERT INTO " + Ddl.quoted(into) + " (" + all(table) + ")" + SETTINGS + " SELECT " + values + " FROM "
                + incomplete + " AS n LEFT JOIN (" + base + ") AS b ON "
                + equal(
                        IntStream.range(0, key.size())
                                .mapToObj(Statements::base)
                                .toList(),
                        "b",
                        key)
                + " LEFT JOIN (" + seen + ") AS s ON " + equal(key, "s", key) + " WHERE throwIf(b._found = 0 AND "
                + isNew + ", 'a row is missing whose large values were not sent again') = 0 AND " + isNew;
    }

    private static Stream<TableName> candidates(FollowedTable table, TableName into) {
        return Stream.of(table.storage(), into).distinct();
    }

    private static String equal(List<String> own, String other, List<String> others) {
        return IntStream.range(0, own.size())
                .mapToObj(i -> "n." + own.get(i) + " = " + other + "." + others.get(i))
                .collect(Collectors.joining(" AND "));
    }
}
