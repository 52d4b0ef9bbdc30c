package millrace.contract.pipeline;

import java.util.List;
import millrace.contract.failure.Problems;
import millrace.contract.yaml.Section;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the section of a pipeline file that says how its source is followed, and what only then has a meaning. */
final class FollowReader {
    private static final List<String> FOLLOW =
            List.of("slot", "publication", "database", "port", "resync", "slot_limit_mb", "when_slot_full");
    private static final int MAX_PORT = 65_535;
    private static final int MAX_MB = 100_000_000;

    private FollowReader() {}

    /** @param raw the target's database */
    static FollowOptions read(Node node, String pipeline, String raw, Problems problems) {
        Section follow = new Section("follow", node, FOLLOW, problems);
        FollowOptions usual = FollowOptions.usual(pipeline, raw);
        FollowOptions options = new FollowOptions(
                follow.text("slot", usual.slot()),
                follow.text("publication", usual.publication()),
                follow.text("database", usual.database()),
                follow.whole("port", MAX_PORT, usual.port()),
                follow.choice("resync", List.of("auto", "ask")).equals("auto"),
                (long) follow.whole("slot_limit_mb", MAX_MB, FollowOptions.SLOT_LIMIT) << 20,
                follow.choice("when_slot_full", List.of("keep", "drop")).equals("drop"));
        if (!options.slot().matches("[a-z0-9_]{1,63}")) {
            problems.add(
                    follow.line("slot"),
                    "bad-slot",
                    "\"" + options.slot() + "\" cannot be a replication slot: a-z, 0-9 and _ only, 63 at most.");
        }
        if (!PipelineReader.isDatabase(options.database()) || options.database().equals(raw)) {
            problems.add(
                    follow.line("database"),
                    "bad-database",
                    "\"" + options.database() + "\" cannot be the database of the changes: letters, digits and _ only,"
                            + " no digit first, and not that of the target.");
        }
        return options;
    }

    /** What a follower does must not be asked of a load. */
    static void refuseFollowed(TableOptions options, int line, Problems problems) {
        if (!options.rules().isEmpty()) {
            problems.add(line, "for-followed-tables", "\"rules\" are for tables of a pipeline with \"follow\".");
        }
        if (options.columns().values().stream().anyMatch(column -> column.onRefusal() == OnRefusal.QUARANTINE)) {
            problems.add(
                    line,
                    "for-followed-tables",
                    "\"on_refusal: quarantine\" is for tables of a pipeline with \"follow\".");
        }
    }

    /** What a follower would not do must not be asked of it: a column that is hashed would come in the clear. */
    static void refuseLoaded(TableOptions options, int line, Problems problems) {
        boolean isForLoads = !options.where().isEmpty()
                || !options.rowId().isEmpty()
                || !options.guard().asksNothing()
                || options.columns().values().stream().anyMatch(column -> column.drop() || column.hash());
        if (isForLoads) {
            problems.add(
                    line,
                    "for-loaded-tables",
                    "\"where\", \"row_id\", \"min_rows\", \"max_shrink\", \"expect\", and \"drop\" and \"hash\" of columns are for"
                            + " pipelines without \"follow\".");
        }
    }
}
