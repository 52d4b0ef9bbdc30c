package millrace.stream.sink;

import java.util.List;
import java.util.stream.Collectors;
import millrace.loader.clickhouse.Ddl;
import millrace.loader.codec.RowBlock;
import millrace.stream.source.TableShape;

/** The columns that the tables of changes have beside those of the source, and readers do not see. */
final class Hidden {
    /** Which of two changes came later: the commit's place in the log, and below it the change's within its transaction. */
    static final String VERSION = "_version";
    /** 1: the key's row is no more. */
    static final String DELETED = "_is_deleted";
    /** When the transaction was committed. */
    static final String TIME = "_commit_time";
    /** Of tables without a key: the same for equal rows. */
    static final String ROW = "_row";
    /** Of tables without a key: 1 for a row that came, -1 for one that went. */
    static final String SIGN = "_sign";

    /** Which values of the row do not fit their columns, and why; empty when all do. */
    static final String REFUSED = RowBlock.REFUSED;

    private static final String REFUSED_COLUMN = "`" + REFUSED + "` String DEFAULT ''";
    private static final String TIME_COLUMN = "`" + TIME + "` DateTime64(6, 'UTC') DEFAULT toDateTime64(0, 6, 'UTC')";

    private Hidden() {}

    static List<String> names(boolean keyed) {
        return keyed ? List.of(VERSION, DELETED, TIME) : List.of(VERSION, SIGN, TIME);
    }

    /** Definitions for CREATE TABLE. What is copied names none of them, and comes before every change. */
    static List<String> definitions(TableShape shape) {
        return shape.isKeyed() ? keyed() : multiset(shape);
    }

    private static List<String> keyed() {
        return List.of(
                "`" + VERSION + "` UInt128 DEFAULT 0",
                "`" + DELETED + "` UInt8 DEFAULT 0",
                TIME_COLUMN,
                REFUSED_COLUMN);
    }

    /** Equal rows that are copied must not be taken for one: each has a version of its own, below that of every change. */
    private static List<String> multiset(TableShape shape) {
        String row = shape.columns().stream()
                .map(column -> Ddl.quoted(column.name()))
                .collect(Collectors.joining(", ", "toString(tuple(", ", " + REFUSED + "))"));
        return List.of(
                "`" + VERSION + "` UInt128 DEFAULT generateSnowflakeID()",
                "`" + SIGN + "` Int8 DEFAULT 1",
                TIME_COLUMN,
                REFUSED_COLUMN,
                "`" + ROW + "` UInt128 DEFAULT reinterpretAsUInt128(sipHash128(" + row + "))");
    }
}
