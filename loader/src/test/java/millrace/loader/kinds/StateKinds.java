package millrace.loader.kinds;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An incremental target is held against its state before rows are added to it. */
final class StateKinds {
    private StateKinds() {}

    /** What somebody may do to the table "t", in which % stands for the database. */
    private static Map<String, String> changes() {
        Map<String, String> changes = new LinkedHashMap<>();
        changes.put("truncated", "TRUNCATE TABLE %.t");
        changes.put("without a partition", "ALTER TABLE %.t DROP PARTITION 1");
        changes.put("with fewer rows by a mutation", "ALTER TABLE %.t DELETE WHERE id = 5 SETTINGS mutations_sync = 2");
        changes.put("with fewer rows by a lightweight delete", "DELETE FROM %.t WHERE id = 5");
        changes.put(
                "with other values", "ALTER TABLE %.t UPDATE note = 'bent' WHERE id = 5 SETTINGS mutations_sync = 2");
        changes.put("written to", "INSERT INTO %.t VALUES (5, 'again')");
        changes.put("exchanged for a copy", "CREATE TABLE %.c CLONE AS %.t; EXCHANGE TABLES %.c AND %.t");
        changes.put(
                "emptied and filled by hand",
                "TRUNCATE TABLE %.t; INSERT INTO %.t SELECT number, 'mine' FROM numbers(1, 100)");
        return changes;
    }

    static List<Kind> list() {
        List<Kind> kinds = new ArrayList<>();
        changes()
                .forEach((name, change) ->
                        kinds.add(new Kind("a target " + name + " is noticed", scene -> noticed(scene, change))));
        kinds.add(new Kind("what leaves the rows alone is no change", StateKinds::unchanged));
        kinds.add(new Kind("a range mends what it holds, and only that", StateKinds::mended));
        kinds.add(new Kind("a state of an earlier version is taken up", StateKinds::early));
        kinds.add(new Kind("merges that take rows away are no change", StateKinds::merged));
        return kinds;
    }

    private static void begin(Scene scene, String options) {
        scene.postgres(
                "CREATE TABLE t (id int PRIMARY KEY, note text)",
                "INSERT INTO t SELECT i, 'n' || i FROM generate_series(1, 100) i");
        scene.pipeline("- {name: t, mode: incremental, cursor: id, partition_by: id % 2" + options + "}");
        scene.load().succeeds();
    }

    private static void change(Scene scene, String statements) {
        for (String statement : statements.split("; ")) {
            scene.clickhouse(statement.replace("%.", scene.name() + "."));
        }
    }

    private static void noticed(Scene scene, String change) {
        begin(scene, "");
        change(scene, change);
        scene.postgres("INSERT INTO t VALUES (101, 'new')");
        scene.load()
                .fails(1)
                .says(
                        "target-changed",
                        scene.name() + ".t is not as its last load left it",
                        "--full-refresh",
                        "--from");
    }

    private static void unchanged(Scene scene) {
        begin(scene, "");
        change(
                scene,
                "ALTER TABLE %.t ADD INDEX i note TYPE bloom_filter; ALTER TABLE %.t MATERIALIZE INDEX i SETTINGS"
                        + " mutations_sync = 2; OPTIMIZE TABLE %.t FINAL; ALTER TABLE %.t MODIFY COMMENT 'x'");
        String comment = scene.clickhouse("SELECT comment FROM system.tables WHERE database = '" + scene.name() + "'");
        scene.load().fails(2).says("was not made by the loader");
        assert comment.equals("x");
        scene.load("--adopt").succeeds();
        change(scene, "ALTER TABLE %.t MATERIALIZE INDEX i SETTINGS mutations_sync = 2; OPTIMIZE TABLE %.t FINAL");
        for (int i = 101; i < 103; i++) {
            scene.postgres("INSERT INTO t VALUES (" + i + ", 'new')");
            scene.load().succeeds();
            change(scene, "OPTIMIZE TABLE %.t FINAL");
        }
        scene.load().succeeds();
        scene.holds("102\t102", "SELECT count(), uniqExact(id) FROM " + scene.name() + ".t");
    }

    private static void mended(Scene scene) {
        begin(scene, "");
        change(scene, "ALTER TABLE %.t DELETE WHERE id BETWEEN 5 AND 8 SETTINGS mutations_sync = 2");
        scene.postgres("INSERT INTO t VALUES (101, 'new')");
        scene.load("--from", "5", "--to", "7").succeeds();
        scene.load().fails(1).says("2 fewer than then");
        scene.load("--from", "5", "--to", "9").succeeds();
        scene.load().succeeds();
        scene.verify().succeeds();
    }

    private static void early(Scene scene) {
        begin(scene, "");
        String state = scene.clickhouse("SELECT extract(comment, '(synced to .*, table [0-9]+)') FROM system.tables"
                + " WHERE database = '" + scene.name() + "' AND name = 't'");
        scene.clickhouse("ALTER TABLE " + scene.name() + ".t MODIFY COMMENT 'Loaded by Millrace from " + scene.name()
                + ".t; " + state + "'");
        scene.postgres("INSERT INTO t VALUES (101, 'new')");
        scene.load().succeeds();
        scene.holds("101", "SELECT count() FROM " + scene.name() + ".t");
        change(scene, "TRUNCATE TABLE %.t");
        scene.load().fails(1).says("target-changed");
    }

    private static void merged(Scene scene) {
        begin(scene, ", engine: ReplacingMergeTree, order_by: 'intDiv(id, 10)'");
        change(scene, "OPTIMIZE TABLE %.t FINAL");
        scene.postgres("INSERT INTO t VALUES (101, 'new')");
        scene.load().succeeds();
        change(scene, "TRUNCATE TABLE %.t");
        scene.load().fails(1).says("target-changed");
    }
}
