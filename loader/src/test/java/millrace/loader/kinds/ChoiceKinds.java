package millrace.loader.kinds;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** What a pipeline file chooses of a table: its rows, its columns, an id for each row, and what must hold before it is published. */
final class ChoiceKinds {
    private static final String SALT = "p@s's %d\\ salt";
    private static final String VERSION_5 = "^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$";

    private ChoiceKinds() {}

    static List<Kind> list() {
        return List.of(
                new Kind("a row has the same id after every load", ChoiceKinds::sameIds),
                new Kind("ids of keys of several columns differ", ChoiceKinds::keysOfSeveralColumns),
                new Kind("ids by another name need a whole load", ChoiceKinds::otherNames),
                new Kind("an id takes no column's place, and needs a key", ChoiceKinds::impossibleIds),
                new Kind("what is dropped or hashed does not leave the source", ChoiceKinds::columns),
                new Kind("columns of the key and the cursor are not dropped", ChoiceKinds::neededColumns),
                new Kind("only rows of the condition are loaded and compared", ChoiceKinds::rows),
                new Kind("a condition that is none is told with its line", ChoiceKinds::noCondition),
                new Kind("an emptied source does not empty the target", ChoiceKinds::emptied),
                new Kind("what does not hold is not published", ChoiceKinds::expectations));
    }

    private static void numbered(Scene scene) {
        scene.postgres(
                "CREATE TABLE t (id int PRIMARY KEY, note text)",
                "INSERT INTO t SELECT i, 'n' || i FROM generate_series(1, 10) i");
    }

    private static String ids(Scene scene) {
        return scene.clickhouse("SELECT id, uid FROM " + scene.name() + ".t WHERE id <= 10 ORDER BY id");
    }

    private static void sameIds(Scene scene) {
        numbered(scene);
        scene.pipeline("- {name: t, mode: incremental, cursor: id, row_id: uid}");
        scene.load().succeeds();
        String ids = ids(scene);
        scene.postgres("INSERT INTO t VALUES (11, 'new')");
        scene.load().succeeds();
        assertEquals(ids, ids(scene));
        scene.load("--full-refresh").succeeds();
        assertEquals(ids, ids(scene));
        scene.holds(
                "11\t1",
                "SELECT uniqExact(uid), min(match(toString(uid), '" + VERSION_5 + "')) FROM " + scene.name() + ".t");
        scene.holds(
                uuid5(uuid5("1ead0c082d8d591fb3fc6c6f9a59f1cd", scene.name() + ".t"), "7"),
                "SELECT lower(hex(uid)) FROM " + scene.name() + ".t WHERE id = 7");
        scene.verify().succeeds();
        scene.run("plan", "--full-refresh").succeeds().says("`uid` UUID DEFAULT");
    }

    /** RFC 9562, with UUIDs in hexadecimal digits. */
    private static String uuid5(String namespace, String name) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(HexFormat.of().parseHex(namespace));
            byte[] digest = sha1.digest(name.getBytes(StandardCharsets.UTF_8));
            digest[6] = (byte) (digest[6] & 0x0f | 0x50);
            digest[8] = (byte) (digest[8] & 0x3f | 0x80);
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void keysOfSeveralColumns(Scene scene) {
        scene.postgres(
                "CREATE TABLE t (a text, b text, c timestamptz, PRIMARY KEY (a, b, c))",
                "INSERT INTO t VALUES ('x,', 'y', '2026-01-01'), ('x', ',y', '2026-01-01'), ('x\\,', 'y', '2026-01-01'),"
                        + " ('x\\', ',y', '2026-01-01'), ('x', 'y', '2026-01-01'), ('x', 'y', '2026-01-02')");
        scene.pipeline("- {name: t, row_id: uid}");
        scene.load().succeeds();
        scene.holds("6\t6", "SELECT count(), uniqExact(uid) FROM " + scene.name() + ".t");
    }

    private static void otherNames(Scene scene) {
        numbered(scene);
        scene.pipeline("- {name: t, mode: incremental, cursor: id}");
        scene.load().succeeds();
        scene.pipeline("- {name: t, mode: incremental, cursor: id, row_id: uid}");
        scene.load().fails(2).says("other-rows", "--full-refresh");
        scene.load("--full-refresh").succeeds();
        scene.pipeline("- {name: t, mode: incremental, cursor: id, row_id: row}");
        scene.load("--full-refresh").succeeds();
        scene.holds(
                "id,note,row",
                "SELECT arrayStringConcat(groupArray(name), ',') FROM (SELECT name FROM system.columns WHERE database = '"
                        + scene.name() + "' ORDER BY position)");
    }

    private static void impossibleIds(Scene scene) {
        scene.postgres("CREATE TABLE t (id int PRIMARY KEY)", "CREATE TABLE u (a int)");
        scene.pipeline("- {name: t, row_id: id}\n- {name: u, row_id: id}");
        scene.load().fails(2).says("has a column \"id\" itself", "has no primary key");
    }

    private static void columns(Scene scene) {
        scene.postgres(
                "CREATE TABLE t (id int PRIMARY KEY, email varchar(50), secret text NOT NULL, at date)",
                "INSERT INTO t VALUES (1, 'a@example.com', 's', '2026-01-01'), (2, NULL, 's', NULL), (3, 'ë', 's', '2026-01-01')");
        scene.pipeline(
                "- name: t\n  columns:\n    email: {hash: sha256, codec: ZSTD(3)}\n    secret: {drop: true}\n    at: {hash: sha256}");
        scene.load().fails(2).says("kinds.yml:7", "POSTGRES_HASH_SALT is not set");
        scene.with("POSTGRES_HASH_SALT", SALT).load().succeeds();
        scene.verify().succeeds();
        scene.holds(
                "1\ta\n2\t\\N\n3\tb",
                "SELECT id, multiIf(email = lower(hex(SHA256('"
                        + SALT.replace("\\", "\\\\").replace("'", "\\'")
                        + "a@example.com'))), 'a', email = lower(hex(SHA256('"
                        + SALT.replace("\\", "\\\\").replace("'", "\\'") + "ë'))), 'b', email) FROM " + scene.name()
                        + ".t ORDER BY id");
        scene.holds(
                "id,email,at",
                "SELECT arrayStringConcat(groupArray(name), ',') FROM system.columns WHERE database = '" + scene.name()
                        + "'");
        scene.run("plan").succeeds().says("sha256").saysNothingOf(SALT);
    }

    private static void neededColumns(Scene scene) {
        numbered(scene);
        scene.pipeline("- {name: t, columns: {id: {drop: true}, note: {drop: true}}}");
        scene.load().fails(2).says("part of the key or the cursor", "All columns of the table");
        scene.pipeline("- {name: t, columns: {note: {drop: true, type: String}}}");
        scene.load().fails(2).says("has no other options");
    }

    private static void rows(Scene scene) {
        numbered(scene);
        scene.pipeline("- {name: t, mode: incremental, cursor: id, where: \"id % 2 = 1 OR note = 'n2' -- odd\"}");
        scene.load().succeeds();
        scene.postgres("INSERT INTO t VALUES (11, 'new'), (12, 'new')", "UPDATE t SET note = 'n2' WHERE id = 4");
        scene.load().succeeds();
        scene.holds(
                "1,2,3,4,5,7,9,11",
                "SELECT arrayStringConcat(groupArray(toString(id)), ',') FROM (SELECT id FROM " + scene.name()
                        + ".t ORDER BY id)");
        scene.verify().succeeds();
        scene.run("plan").succeeds().says("id % 2 = 1 OR note = 'n2' -- odd");
        scene.pipeline("- {name: t, mode: incremental, cursor: id, where: id < 3}");
        scene.load().fails(2).says("other-rows");
    }

    private static void noCondition(Scene scene) {
        numbered(scene);
        scene.pipeline("- {name: t, where: nota = 'x'}\n- {name: u}");
        scene.load().fails(2).says("kinds.yml:5", "\"where\" of", "column \"nota\" does not exist", "has no table");
    }

    private static void emptied(Scene scene) {
        numbered(scene);
        scene.pipeline("- {name: t, min_rows: 1, max_shrink: 20 %}");
        scene.load().succeeds();
        scene.postgres("DELETE FROM t WHERE id > 8");
        scene.load().succeeds();
        scene.postgres("DELETE FROM t WHERE id > 6");
        scene.load().fails(1).says("guard-failed", "it would have 6 rows after 8", "max_shrink");
        scene.postgres("DELETE FROM t");
        scene.load().fails(1).says("at least 1 are expected (min_rows)", "max_shrink");
        scene.holds("8", "SELECT count() FROM " + scene.name() + ".t");
        scene.holds(
                "failed",
                "SELECT argMax(outcome, finished_at) FROM millrace.loads WHERE `table` = '" + scene.name() + ".t'");
        scene.holds(
                "0",
                "SELECT count() FROM system.tables WHERE database = 'millrace' AND name LIKE '%" + scene.name() + "%'");
    }

    private static void expectations(Scene scene) {
        numbered(scene);
        scene.pipeline(
                "- name: t\n  mode: incremental\n  cursor: id\n  expect:\n    notes are unique: count() = uniqExact(note)");
        scene.load().succeeds();
        scene.postgres("INSERT INTO t VALUES (11, 'n1')");
        scene.load().fails(1).says("\"notes are unique\" does not hold: count() = uniqExact(note) (expect)");
        scene.holds("10", "SELECT count() FROM " + scene.name() + ".t");
        scene.postgres("DELETE FROM t WHERE id = 11");
        scene.load().succeeds();
        scene.pipeline("- {name: t, mode: incremental, cursor: id, expect: {odd: nota = 1}}");
        scene.postgres("INSERT INTO t VALUES (12, 'n12')");
        scene.load().fails(1).says("nota");
        scene.pipeline("- {name: t, max_shrink: half, min_rows: -1}");
        scene.load().fails(2).says("max_shrink\" must be a share", "min_rows\" must be a number of rows");
    }
}
