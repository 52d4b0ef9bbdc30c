package millrace.loader.clickhouse;

import java.util.Map;
import millrace.contract.failure.Failure;
import millrace.loader.plan.TablePlan;

/**
 * Has a large load write small parts that are merged, all at once, when it is complete. Small parts are made in memory that
 * the server has at hand, where each large one takes new memory from the system; and merging what has just been written helps
 * nobody before it is published. Together a tenth of such a load's time.
 */
final class LateMerges {
    /** Not every server has it. */
    private static final String SETTING = "min_parts_to_merge_at_once";
    /** So many parts may wait; at a thousand a server begins to slow inserts down. */
    private static final int PARTS = 99;
    /** Two blocks of the loader's. */
    private static final int ROWS_OF_A_PART = 131_072;
    /** Below, the three requests more cost what is gained. */
    private static final long FEWEST_ROWS = 3_000_000;

    private final ClickHouseHttp http;
    private Boolean possible;

    LateMerges(ClickHouseHttp http) {
        this.http = http;
    }

    boolean suit(TablePlan plan) {
        return isLarge(plan) && isPossible();
    }

    /** Where there are partitions, each would have so many parts. */
    static boolean isLarge(TablePlan plan) {
        return !plan.extent().keepsRows()
                && plan.estimatedRows() >= FEWEST_ROWS
                && plan.spec().options().partitionBy().isEmpty()
                && !plan.spec().options().settings().containsKey(SETTING);
    }

    private synchronized boolean isPossible() {
        if (possible == null) {
            possible = isSo("SELECT count() FROM system.merge_tree_settings WHERE name = '" + SETTING + "'")
                    && isSo("CHECK GRANT ALTER SETTINGS ON " + Ddl.quoted(Ddl.OWN) + ".*");
        }
        return possible;
    }

    /** A user who may not ask, and a server that does not understand, do without. */
    private boolean isSo(String question) {
        try {
            return !http.query(question).strip().equals("0");
        } catch (Failure failure) {
            return false;
        }
    }

    /** What the staging table is made with. */
    static Map<String, String> tableSettings() {
        return Map.of(SETTING, Integer.toString(PARTS));
    }

    /** What rows are inserted with. */
    static String insertSettings() {
        return "min_insert_block_size_rows = " + ROWS_OF_A_PART;
    }

    /** What lets a complete table be merged like any other. */
    static String reset() {
        return "RESET SETTING " + SETTING;
    }
}
