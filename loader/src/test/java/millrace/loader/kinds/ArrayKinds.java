package millrace.loader.kinds;

import java.util.List;

/** Arrays keep their dimensions, also where the source does not declare them. */
final class ArrayKinds {
    private ArrayKinds() {}

    static List<Kind> list() {
        return List.of(
                new Kind("a view's arrays of arrays become what the file says", ArrayKinds::chosen),
                new Kind(
                        "a value of other dimensions is shown as it is, with the type that takes it",
                        ArrayKinds::refused));
    }

    private static void source(Scene scene) {
        scene.postgres(
                "CREATE DOMAIN percent AS numeric(5,2)",
                "CREATE TABLE grids (id int PRIMARY KEY, cells int[][], words text[][][] NOT NULL, shares percent[])",
                "INSERT INTO grids VALUES (1, '{{1,2},{3,NULL}}', '{{{a,\"b c\"}},{{\"\",NULL}}}', '{{1.5,2},{3,4}}'),"
                        + " (2, '{}', '{}', '{}')",
                "CREATE VIEW seen AS SELECT id, coalesce(cells, '{}') AS cells, words, shares FROM grids",
                "CREATE TABLE made AS SELECT id, cells || '{}'::int[] AS cells, words, shares FROM grids");
    }

    private static void chosen(Scene scene) {
        source(scene);
        String columns = ", columns: {cells: {type: 'Array(Array(Nullable(Int32)))'},"
                + " words: {type: 'Array(Array(Array(Nullable(String))))'},"
                + " shares: {type: 'Array(Array(Decimal(5, 2)))'}}}";
        scene.pipeline("- {name: seen" + columns + "\n- {name: made" + columns);
        scene.load().succeeds();
        for (String table : List.of("seen", "made")) {
            scene.holds(
                    "[[1,2],[3,NULL]]\t[[['a','b c']],[['',NULL]]]\t[[1.5,2],[3,4]]\n[]\t[]\t[]",
                    "SELECT cells, words, shares FROM " + scene.name() + "." + table + " ORDER BY id");
        }
        scene.verify().succeeds();
        scene.load().succeeds();
        scene.clickhouse("ALTER TABLE " + scene.name() + ".seen UPDATE cells = [[1, 2, 3, NULL]] WHERE id = 1"
                + " SETTINGS mutations_sync = 2");
        scene.verify("--table", "seen").fails(1).says("differs in cells");
    }

    private static void refused(Scene scene) {
        source(scene);
        scene.pipeline("- {name: seen, key: [id]}");
        scene.load()
                .fails(1)
                .says("{{1,2},{3,NULL}}", "not 2", "type: Array(Array(Nullable(Int32)))", "cells", "id = 1");
        scene.pipeline("- {name: seen, columns: {cells: {type: 'Array(Array(Nullable(Int32)))'}}}");
        scene.load().fails(1).says("{{{a,\"b c\"}},{{\"\",NULL}}}", "type: Array(Array(Array(Nullable(String))))");
        scene.postgres("UPDATE grids SET cells = '[0:1]={7,8}'");
        scene.pipeline("- seen");
        scene.load().fails(1).says("[0:1]={7,8}", "counts its elements from 1");
    }
}
