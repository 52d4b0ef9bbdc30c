package millrace.loader.kinds;

import java.util.ArrayList;
import java.util.List;

/** Only what the loader made for this table of this pipeline is replaced. */
final class TargetKinds {
    private TargetKinds() {}

    static List<Kind> list() {
        List<Kind> kinds = new ArrayList<>();
        kinds.add(new Kind(
                "what others made is refused, all at once, and taken over when asked for", TargetKinds::others));
        kinds.add(
                new Kind("another pipeline's table, or another source's, is told by its name", TargetKinds::strangers));
        kinds.add(new Kind("targets of earlier versions go on", TargetKinds::early));
        kinds.add(new Kind("the loader's and the server's databases are no target", TargetKinds::reserved));
        kinds.add(new Kind("a load makes what init makes", TargetKinds::withoutInit));
        kinds.add(new Kind("what the audit table does not take is published all the same", TargetKinds::unrecorded));
        kinds.add(new Kind("long names in another script are staged", TargetKinds::longNames));
        return kinds;
    }

    private static void others(Scene scene) {
        String name = scene.name();
        List<String> made = List.of("own", "seen", "kept", "looked", "memory", "nothing", "spread");
        made.forEach(table -> scene.postgres("CREATE TABLE " + table + " (id int PRIMARY KEY)"));
        scene.clickhouse("CREATE TABLE " + name + ".own (id Int32, judgement String) ENGINE = MergeTree ORDER BY id"
                + " COMMENT 'Ann''s'");
        scene.clickhouse("INSERT INTO " + name + ".own VALUES (7, 'late')");
        scene.clickhouse("CREATE VIEW " + name + ".seen AS SELECT 7 AS id");
        scene.clickhouse("CREATE MATERIALIZED VIEW " + name + ".kept ENGINE = MergeTree ORDER BY id AS SELECT id FROM "
                + name + ".own");
        scene.clickhouse("CREATE DICTIONARY " + name + ".looked (id UInt64) PRIMARY KEY id"
                + " SOURCE(CLICKHOUSE(QUERY 'SELECT 1')) LAYOUT(HASHED()) LIFETIME(0)");
        scene.clickhouse("CREATE TABLE " + name + ".memory (id Int32) ENGINE = Memory");
        scene.clickhouse("CREATE TABLE " + name + ".nothing (id Int32) ENGINE = Null");
        scene.clickhouse(
                "CREATE TABLE " + name + ".spread (id Int32) ENGINE = Distributed('default', " + name + ", own)");
        scene.pipeline("- " + String.join("\n- ", made));
        for (String command : List.of("plan", "load")) {
            scene.run(command)
                    .fails(2)
                    .says(
                            "target-not-ours",
                            name + ".own was not made by the loader",
                            "Ann's",
                            "a view",
                            "a materialized view")
                    .says("a dictionary", "engine Memory", "engine Null", "engine Distributed", "--adopt");
        }
        scene.run("load", "--adopt")
                .fails(2)
                .says("a dictionary", "a materialized view")
                .saysNothingOf("a view.");
        scene.pipeline("- {name: own, adopt: true}\n- {name: seen, adopt: true}\n- {name: memory, adopt: true}");
        scene.load().succeeds().says("is kept as");
        scene.holds(
                "3",
                "SELECT countIf(engine = 'MergeTree') FROM system.tables WHERE database = '" + name
                        + "' AND name IN ('own', 'seen', 'memory')");
        String kept = scene.clickhouse(
                "SELECT name FROM system.tables WHERE database = 'millrace' AND name LIKE '" + name + ".own%'");
        scene.holds("late", "SELECT judgement FROM millrace.`" + kept + "`");
        scene.load().succeeds().saysNothingOf("is kept as");
        scene.holds(
                "1",
                "SELECT comment LIKE 'Ann%Loaded by Millrace%' FROM system.tables WHERE database = '" + name
                        + "' AND name = 'own'");
        scene.holds("late", "SELECT judgement FROM millrace.`" + kept + "`");
    }

    private static void strangers(Scene scene) {
        String name = scene.name();
        scene.postgres("CREATE TABLE one (id int PRIMARY KEY)", "CREATE TABLE two (id int PRIMARY KEY)");
        scene.pipeline("- one");
        scene.load().succeeds();
        scene.pipelineFile("pipeline: \"other \\\"one\\\"\"\nsource: {env: POSTGRES, schema: " + name
                + "}\ntarget: {env: CLICKHOUSE, database: " + name + "}\ntables: [one]\n");
        scene.load().fails(2).says("belongs to the pipeline \"" + name + "\"", "this is \"other \\\"one\\\"\"");
        scene.pipeline("- {name: two, target: one}");
        scene.load().fails(2).says("is loaded from " + name + ".one, not from " + name + ".two");
        scene.clickhouse("CREATE TABLE " + name + ".two CLONE AS " + name + ".one");
        scene.pipeline("- two");
        scene.load().fails(2).says(name + ".two is a copy of " + name + ".one");
        scene.load("--adopt").succeeds();
        scene.load().succeeds();
        scene.clickhouse("ALTER TABLE " + name + ".two MODIFY COMMENT 'nobody''s'");
        scene.load().fails(2).says("was not made by the loader", "nobody's");
    }

    private static void early(Scene scene) {
        String name = scene.name();
        scene.postgres("CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (1)");
        scene.clickhouse("CREATE TABLE " + name + ".t (id Int32) ENGINE = MergeTree ORDER BY id COMMENT"
                + " 'Loaded by Millrace from " + name + ".t'");
        scene.clickhouse("CREATE TABLE " + name + ".u (id Int32) ENGINE = MergeTree ORDER BY id COMMENT"
                + " 'Loaded by Millrace from " + name + ".other'");
        scene.pipeline("- t");
        scene.load().succeeds();
        scene.pipeline("- {name: t, target: u}");
        scene.load().fails(2).says("is loaded from " + name + ".other");
    }

    private static void reserved(Scene scene) {
        scene.postgres("CREATE TABLE loads (id int PRIMARY KEY)");
        for (String database : List.of("millrace", "system", "INFORMATION_SCHEMA")) {
            scene.pipelineFile("pipeline: kinds\nsource: {env: POSTGRES, schema: " + scene.name()
                    + "}\ntarget: {env: CLICKHOUSE, database: " + database + "}\ntables: [loads]\n");
            scene.load().fails(2).says(":3: \"" + database + "\" cannot be the database");
        }
        scene.runAlone("load", "--target", "http://default@127.0.0.1:1/millrace", "--table", scene.name() + ".loads")
                .fails(2)
                .says("\"millrace\" cannot be the database");
    }

    private static void withoutInit(Scene scene) {
        scene.postgres("CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (1)");
        scene.clickhouse("DROP DATABASE " + scene.name());
        scene.pipeline("- t");
        scene.run("plan").succeeds().says("CREATE DATABASE IF NOT EXISTS `" + scene.name() + "`");
        scene.run("init", "--table", "t", "--exclude", "u").succeeds();
        scene.clickhouse("DROP DATABASE " + scene.name());
        scene.load().succeeds();
        scene.holds("1", "SELECT count() FROM " + scene.name() + ".t");
    }

    private static void unrecorded(Scene scene) {
        scene.postgres("CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (1)");
        scene.pipeline("- t");
        scene.clickhouse("ALTER TABLE millrace.loads ADD CONSTRAINT IF NOT EXISTS no_" + scene.name()
                + " CHECK `table` != '" + scene.name() + ".t'");
        try {
            scene.load("--retries", "0")
                    .fails(1)
                    .says("not-recorded", "The table is published")
                    .saysNothingOf("Nothing was published");
        } finally {
            scene.clickhouse("ALTER TABLE millrace.loads DROP CONSTRAINT no_" + scene.name());
        }
        scene.holds("1", "SELECT count() FROM " + scene.name() + ".t");
    }

    private static void longNames(Scene scene) {
        String chinese = "客户订单明细历史归档记录表二零二五年度备份";
        String cyrillic = "каталогдоговоровпоставщиковитов";
        scene.postgres(
                "CREATE TABLE \"" + chinese + "\" (id int PRIMARY KEY)",
                "CREATE TABLE \"" + cyrillic + "\" (id int PRIMARY KEY)");
        scene.pipeline("- " + chinese + "\n- {name: " + cyrillic + ", mode: incremental, cursor: id}");
        scene.load().succeeds();
        scene.postgres("INSERT INTO \"" + chinese + "\" VALUES (1)", "INSERT INTO \"" + cyrillic + "\" VALUES (1)");
        scene.load().succeeds();
        scene.holds(
                "1\t1",
                "SELECT (SELECT count() FROM " + scene.name() + ".`" + chinese + "`), (SELECT count() FROM "
                        + scene.name() + ".`" + cyrillic + "`)");
    }
}
