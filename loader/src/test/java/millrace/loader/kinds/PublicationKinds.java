package millrace.loader.kinds;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Several tables are published as one as far as ClickHouse can, and to the end whatever happens to the loader. */
final class PublicationKinds {
    private static final int TABLES = 4;

    private PublicationKinds() {}

    static List<Kind> list() {
        List<Kind> kinds = new ArrayList<>();
        for (String failpoint :
                List.of("BEFORE_PUBLISH", "BEFORE_SWITCH", "MID_PUBLISH", "AFTER_PUBLISH", "BEFORE_AUDIT")) {
            kinds.add(new Kind(
                    "a load killed at " + failpoint + " is completed or was never there",
                    scene -> killed(scene, failpoint)));
        }
        kinds.add(new Kind("what has changed since is left as it is", PublicationKinds::changed));
        return kinds;
    }

    /** Each scene has a pipeline of its own: a load completes what others of its pipeline have begun. */
    private static void pipeline(Scene scene, int tables) {
        String list = IntStream.rangeClosed(1, tables)
                .mapToObj(i -> "  - {name: t" + i + ", mode: incremental, cursor: id}\n")
                .collect(Collectors.joining());
        scene.pipelineFile("pipeline: " + scene.name() + "\nsource: {env: POSTGRES, schema: " + scene.name()
                + "}\ntarget: {env: CLICKHOUSE, database: " + scene.name() + "}\ntables:\n" + list);
    }

    /** Tables of which all but the last have been loaded before, and have new rows. */
    private static void begin(Scene scene) {
        for (int i = 1; i <= TABLES; i++) {
            scene.postgres("CREATE TABLE t" + i + " (id int PRIMARY KEY)", "INSERT INTO t" + i + " VALUES (1)");
        }
        pipeline(scene, TABLES - 1);
        scene.load().succeeds();
        for (int i = 1; i <= TABLES; i++) {
            scene.postgres("INSERT INTO t" + i + " VALUES (2)");
        }
        pipeline(scene, TABLES);
    }

    private static void kill(Scene scene, String failpoint) throws IOException, InterruptedException {
        scene.with("JAVA_TOOL_OPTIONS", "-Dmillrace.failpoint=" + failpoint);
        Process load = scene.startOnPipeline("load", "--run-id", "killed " + scene.name());
        while (!Files.readString(scene.folder().resolve("err")).contains("stopped at " + failpoint)) {
            if (!load.isAlive()) {
                throw new AssertionError("it ended before " + failpoint + ": "
                        + Files.readString(scene.folder().resolve("err")));
            }
            Thread.sleep(20);
        }
        load.destroyForcibly().waitFor();
        scene.with("JAVA_TOOL_OPTIONS", "");
    }

    private static String rows(Scene scene) {
        return scene.clickhouse("SELECT groupArray(n) FROM (SELECT _table, count() AS n FROM merge('" + scene.name()
                + "', '^t') GROUP BY _table ORDER BY _table)");
    }

    private static void killed(Scene scene, String failpoint) throws Exception {
        begin(scene);
        kill(scene, failpoint);
        boolean begun = !failpoint.equals("BEFORE_PUBLISH");
        scene.run("plan").succeeds();
        if (begun) {
            scene.run("plan").says("killed " + scene.name() + " was cut short");
        }
        for (int i = 1; i <= TABLES; i++) {
            scene.postgres("INSERT INTO t" + i + " VALUES (3)");
        }
        // Tables that this load is not for are completed, too.
        Ending next = scene.load("--table", "t1").succeeds();
        if (begun) {
            next.says("is published for the run killed " + scene.name());
        }
        String expected = begun ? "[3,2,2,2]" : "[3,1,1]";
        if (!rows(scene).equals(expected)) {
            throw new AssertionError("the tables have " + rows(scene) + " rows instead of " + expected);
        }
        scene.holds(
                begun ? "4" : "0", "SELECT count() FROM millrace.loads WHERE run_id = 'killed " + scene.name() + "'");
        scene.load().succeeds().saysNothingOf("is published for the run");
        scene.holds(
                "[3,3,3,3]",
                "SELECT groupArray(n) FROM (SELECT _table, uniqExact(id) AS n FROM merge('" + scene.name()
                        + "', '^t') GROUP BY _table ORDER BY _table)");
        scene.holds(
                "0",
                "SELECT count() FROM system.tables WHERE database = 'millrace' AND startsWith(name, '" + scene.name()
                        + ".')");
    }

    private static void changed(Scene scene) throws Exception {
        begin(scene);
        kill(scene, "BEFORE_SWITCH");
        scene.clickhouse("CREATE TABLE " + scene.name() + ".other CLONE AS " + scene.name() + ".t2");
        scene.clickhouse("EXCHANGE TABLES " + scene.name() + ".other AND " + scene.name() + ".t2");
        scene.load("--table", "t1").succeeds().says("has changed since the run", "is published for the run");
        scene.holds(
                "1\t2",
                "SELECT (SELECT count() FROM " + scene.name() + ".t2), (SELECT count() FROM " + scene.name() + ".t3)");
    }
}
