package millrace.loader.kinds;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import millrace.loader.servers.TestClickHouse;

/** Names mean only themselves. */
final class NameKinds {
    /** Tables that a shop might have, and those that only a test has. */
    private static final List<String> TABLES = List.of(
            "заказы",
            "客户订单明细",
            "🎉",
            "é",
            "e\u0301",
            "Orders",
            "orders",
            "order items",
            "order_items",
            " both ends ",
            "tab\there",
            "line\nfeed",
            "\r",
            "\u0001",
            "unit\u001fseparator",
            "record\u001eseparator",
            "\u007f",
            "\u0085",
            "\u2028",
            "a.b",
            ".",
            "..",
            "a/b",
            "`tick`",
            "it's",
            "say \"x\"",
            "\\",
            "back\\n",
            "{{ 1 }}",
            "{% x %}",
            "{p:String}",
            "x.sh",
            "env",
            "no",
            "2024",
            "12:30",
            "~",
            "select",
            " FORMAT Native",
            "x VALUES (1)",
            "-- comment",
            "/* x */",
            "a; b",
            "%s",
            "$1",
            "?",
            "*",
            "-x",
            "x".repeat(63));

    private NameKinds() {}

    static List<Kind> list() {
        return List.of(
                new Kind("a table and its columns may be called anything", NameKinds::anything),
                new Kind("a schema may be called anything", NameKinds::schemas),
                new Kind("a name that is a pattern elsewhere is a name in quotes", NameKinds::quoted),
                new Kind("arrays with dots in their names are arrays of their own", NameKinds::dots),
                new Kind("a name that ClickHouse keeps for itself is refused by the plan", NameKinds::kept),
                new Kind("a column may be called like one that every table seems to have", NameKinds::seeming),
                new Kind("a long statement is no long address", NameKinds::wide));
    }

    /** Each table has a column of each name, and is loaded as new, as replaced and, some, as added to. */
    private static void anything(Scene scene) {
        List<String> listed = new ArrayList<>();
        List<String> statements = new ArrayList<>();
        for (int i = 0; i < TABLES.size(); i++) {
            String table = TABLES.get(i);
            String column = TABLES.get((i + 1) % TABLES.size());
            statements.add("CREATE TABLE " + quoted(table) + " (" + quoted(column) + " int PRIMARY KEY, "
                    + quoted(column.length() < 60 ? column + "." + i : "x") + " text NOT NULL)");
            statements.add("INSERT INTO " + quoted(table) + " VALUES (" + i + ", 'x'), (1000, 'y')");
            listed.add("- {name: " + yaml(table.matches(".*[*?].*") ? quoted(table) : table)
                    + (i % 3 == 0 ? ", mode: incremental, cursor: " + yaml(column) : "") + "}\n");
        }
        scene.postgres(statements.toArray(String[]::new));
        scene.pipeline(String.join("", listed));
        scene.load().succeeds();
        statements.clear();
        for (int i = 0; i < TABLES.size(); i++) {
            statements.add("INSERT INTO " + quoted(TABLES.get(i)) + " VALUES (2000, 'z')");
        }
        scene.postgres(statements.toArray(String[]::new));
        scene.run("plan").succeeds().saysNothingOf("dropped");
        scene.load().succeeds();
        scene.verify().succeeds();
        scene.holds(
                TABLES.size() + "\t" + 3 * TABLES.size(),
                "SELECT count(), sum(total_rows) FROM system.tables WHERE database = '" + scene.name() + "'");
    }

    private static void schemas(Scene scene) {
        List<String> schemas =
                List.of("схема." + scene.name(), scene.name() + "\"`'\\\n\u001f", scene.name() + ".sh {{ x }}");
        List<String> listed = new ArrayList<>();
        for (String schema : schemas) {
            scene.postgres(
                    "CREATE SCHEMA " + quoted(schema),
                    "CREATE TABLE " + quoted(schema) + ".\"{table}\" (id int PRIMARY KEY)",
                    "INSERT INTO " + quoted(schema) + ".\"{table}\" VALUES (1)");
            listed.add("- {name: \"*\", schema: " + yaml(schema) + ", target: \"{schema}|{table}\"}\n");
        }
        scene.pipeline(String.join("", listed));
        scene.load().succeeds();
        scene.load().succeeds();
        scene.verify().succeeds();
        for (String schema : schemas) {
            String name = (schema + "|{table}").replace("\\", "\\\\").replace("'", "\\'");
            scene.holds(
                    "1",
                    "SELECT sum(total_rows) FROM system.tables WHERE database = '" + scene.name() + "' AND name = '"
                            + name + "'");
        }
    }

    private static void quoted(Scene scene) {
        scene.postgres(
                "CREATE TABLE \"what?\" (id int)", "CREATE TABLE whats (id int)", "CREATE TABLE \"-x\" (id int)");
        scene.pipeline("- whats\n- '\"what?\"'\n- -x\n");
        scene.load("--table", "\"what?\"").succeeds().says(".what? rows=0").saysNothingOf(".whats ");
        scene.load("--table", "\"wat?\"").fails(2).says("did you mean '\"what?\"'?");
        scene.load("--table", "\"-x\"").succeeds().says(".-x rows=0");
        scene.pipeline("- \"what\"\n- \"line\\nfeed\"\n");
        scene.load().fails(2).says("; did you mean '\"what?\"'?");
    }

    private static void dots(Scene scene) {
        scene.postgres(
                "CREATE TABLE tagged (id int PRIMARY KEY, \"tags.name\" text[] NOT NULL, \"tags.weight\" int[] NOT NULL)",
                "INSERT INTO tagged VALUES (1, '{a,b}', '{1,2}'), (2, '{c}', '{}')",
                "CREATE TABLE sub (id int PRIMARY KEY, a int[] NOT NULL, \"a.size0\" bigint, b int, \"b.null\" int)",
                "INSERT INTO sub VALUES (1, '{10,20,30}', 77, NULL, 5), (2, '{}', NULL, 6, NULL)",
                "CREATE TABLE whole (id int PRIMARY KEY, \"p.x\" int, \"p.list\" int[] NOT NULL, p text)",
                "INSERT INTO whole VALUES (1, 8, '{1,2,3}', 'own'), (2, NULL, '{}', NULL)",
                "CREATE TABLE sizes (id int PRIMARY KEY, a text[] NOT NULL, \"a.size0\" int[] NOT NULL, \"a.b.c\" int[][] NOT NULL)",
                "INSERT INTO sizes VALUES (1, '{x,y}', '{}', '{{1,2},{3,4}}'), (2, '{}', '{7}', '{}')");
        scene.pipeline(
                "- {name: tagged, mode: incremental, cursor: id}\n- sub\n- {name: whole, engine: ReplacingMergeTree}\n- sizes");
        scene.load().succeeds();
        scene.postgres("INSERT INTO tagged VALUES (3, '{}', '{9}')");
        scene.load().succeeds();
        scene.verify().succeeds();
        scene.holds("77\t5\t3", "SELECT `a.size0`, `b.null`, length(a) FROM " + scene.name() + ".sub WHERE id = 1");
        scene.holds(
                "3\t3", "SELECT sum(length(`tags.name`)), sum(length(`tags.weight`)) FROM " + scene.name() + ".tagged");
    }

    private static void kept(Scene scene) {
        scene.postgres(
                "CREATE TABLE odd (\"_row_exists\" int, \"_block_number\" int)",
                "CREATE TABLE parts (\"_part\" int PRIMARY KEY)",
                "CREATE TABLE \"" + "я".repeat(31) + "\" (id int)");
        scene.pipeline(
                "- odd\n- {name: parts, mode: incremental, cursor: _part}\n- {name: \"яя*\", target: \"{table}_{table}\"}");
        String[] sentences = {
            "ClickHouse keeps the name of column _row_exists of " + scene.name() + ".odd for itself",
            "of column _block_number of",
            "Column _part of " + scene.name() + ".parts cannot be the key or the cursor of an incremental table",
            "is too long: ClickHouse names files by it"
        };
        scene.run("plan").fails(2).says(sentences);
        scene.load().fails(2).says(sentences);
    }

    /** The server is asked which these are. */
    private static void seeming(Scene scene) {
        String columns = scene.clickhouse("DESCRIBE TABLE millrace.loads SETTINGS describe_include_virtual_columns = 1")
                .lines()
                .filter(line -> line.endsWith("\t1"))
                .map(line -> line.substring(0, line.indexOf('\t')))
                .filter(name -> !List.of("_row_exists", "_block_number", "_block_offset")
                        .contains(name))
                .map(name -> quoted(name) + " int")
                .collect(Collectors.joining(", "));
        scene.postgres(
                "CREATE TABLE seeming (id int PRIMARY KEY, " + columns + ")",
                "INSERT INTO seeming SELECT i, i, i, i FROM generate_series(1, 9) AS i");
        scene.pipeline("- seeming");
        scene.load().succeeds();
        scene.load().succeeds();
        scene.verify().succeeds();
    }

    /** A statement of more than the 262,144 bytes that a server reads unasked, through what takes no more than 16 KB of address. */
    private static void wide(Scene scene) throws Exception {
        StringBuilder columns = new StringBuilder("id int PRIMARY KEY");
        for (int i = 0; i < 1500; i++) {
            columns.append(", ")
                    .append(quoted(String.format("%05d", i) + "`".repeat(58)))
                    .append(" int");
        }
        scene.postgres("CREATE TABLE wide (" + columns + ")", "INSERT INTO wide (id) VALUES (1)");
        scene.pipeline("- wide");
        try (ShortAddresses proxy = new ShortAddresses(TestClickHouse.server().port())) {
            scene.with("CLICKHOUSE_HTTP_PORT", "" + proxy.port()).with("JAVA_TOOL_OPTIONS", "-Dhttp.keepAlive=false");
            scene.load().succeeds().says(".wide rows=1 ");
            scene.load().succeeds();
        }
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A double-quoted text of YAML. */
    private static String yaml(String text) {
        StringBuilder yaml = new StringBuilder("\"");
        text.chars()
                .forEach(c -> yaml.append(
                        c < ' ' || c > '~' && c < 0xA0 || c == 0x2028 || c == '"' || c == '\\'
                                ? String.format("\\u%04x", c)
                                : String.valueOf((char) c)));
        return yaml.append('"').toString();
    }
}
