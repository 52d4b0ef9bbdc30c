package millrace.loader.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import millrace.contract.failure.Failure;
import millrace.contract.pipeline.TableEntry;
import millrace.contract.pipeline.TableName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which tables names and patterns stand for. */
class SelectionTest {
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "POSTGRES_HOST", "db",
            "POSTGRES_DB", "shop",
            "POSTGRES_USER", "reader",
            "POSTGRES_PASSWORD", "",
            "CLICKHOUSE_HOST", "ch",
            "CLICKHOUSE_USER", "default",
            "CLICKHOUSE_PASSWORD", "");
    private static final List<TableName> EXISTING = List.of(
            new TableName("sales", "orders"),
            new TableName("sales", "order_items"),
            new TableName("sales", "tmp_orders"),
            new TableName("web", "orders"),
            new TableName("web", "visits"));

    private static final Configuration.SecondLook NO_LOOK = (pipeline, source, problems) -> {};

    @TempDir
    Path folder;

    private Selection ofFile(String tables, String... names) throws IOException {
        Path file = Files.writeString(folder.resolve("shop.yml"), """
                pipeline: shop
                source: {env: POSTGRES, schema: sales}
                target: {env: CLICKHOUSE, database: raw}
                """ + tables);
        return Configuration.read(new Flags(file.toString(), "", "", List.of(names), List.of()), ENVIRONMENT, NO_LOOK)
                .selection();
    }

    private static Selection ofFlags(List<String> tables, List<String> exclude) {
        return Configuration.read(new Flags("", "", "", tables, exclude), ENVIRONMENT, NO_LOOK)
                .selection();
    }

    private static List<String> moves(Selection selection) {
        return selection.of(selection.needsCatalog() ? EXISTING : List.of()).stream()
                .map(entry -> entry.source() + ">" + entry.target().table())
                .toList();
    }

    private String problems(Selection selection) {
        Failure failure = assertThrows(Failure.class, () -> moves(selection));
        return failure.sentence().replace(folder + "/", "");
    }

    @Test
    void takesATableByItsOwnEntryThenByTheFirstPattern() throws IOException {
        Selection all = ofFile("""
                tables:
                  - {name: order*, key: [id]}
                  - {name: orders, target: sold}
                  - {name: "*", schema: web, target: "{schema}_{table}"}
                  - {name: "*", key: [other]}
                exclude: [web.visit?]
                """);
        List<TableEntry> found = all.of(EXISTING);
        assertEquals(
                List.of(
                        "sales.orders>sold",
                        "sales.order_items>order_items",
                        "web.orders>web_orders",
                        "sales.tmp_orders>tmp_orders"),
                moves(all));
        assertEquals(List.of("id"), found.get(1).options().key());
        assertEquals(4, found.get(1).line() - 1);
    }

    @Test
    void namesWithoutAStarAreNamesAsTheyAre() throws IOException {
        Selection selection = ofFile(
                "tables: ['web.orders', '\"quoted\"', '\"what?\"', '\"web\".\"a*\"', {name: visits, schema: web}]");
        assertFalse(selection.needsCatalog());
        assertEquals(
                List.of(
                        "sales.web.orders>web.orders",
                        "sales.\"quoted\">\"quoted\"",
                        "sales.what?>what?",
                        "web.a*>a*",
                        "web.visits>visits"),
                moves(selection));
    }

    @Test
    void choosesAmongThePipelinesTables() throws IOException {
        String tables = "tables: [{name: orders, target: sold}, order_*, web.v*]\n";
        assertEquals(List.of("sales.orders>sold"), moves(ofFile(tables, "sold")));
        assertEquals(List.of("sales.order_items>order_items"), moves(ofFile(tables, "order_*")));
        assertEquals(List.of("web.visits>visits"), moves(ofFile(tables, "visits")));
        assertEquals(List.of("sales.orders>sold", "sales.order_items>order_items"), moves(ofFile(tables, "o*")));
        assertFalse(ofFile(tables, "sold").needsCatalog());
        String twice = "tables: [{name: 'v*', schema: web}, 'v*', {name: orders, schema: web}]\n";
        assertEquals(List.of("web.visits>visits"), moves(ofFile(twice, "web.v*")));
        String same = "tables: [{name: 'o*', schema: web, target: 'web_{table}'}, 'o*']\n";
        assertEquals(List.of("sales.orders>orders", "sales.order_items>order_items"), moves(ofFile(same, "o*")));
        assertEquals(List.of("web.orders>orders"), moves(ofFile(twice, "web.orders")));
        assertTrue(problems(ofFile(tables, "visitors"))
                .startsWith("The pipeline has no table \"visitors\"; did you mean \"web.visits\"?"));
    }

    @Test
    void aNameMeansOneTable() throws IOException {
        String tables =
                "tables: [orders, {name: orders, schema: web, target: w}, {name: b, schema: a}, {name: a.b, target: c},"
                        + " {name: x, schema: s}, {name: x, schema: t, target: tx}, '\"o*\"', 'o*']\n";
        assertEquals(List.of("sales.orders>orders"), moves(ofFile(tables, "orders")));
        assertEquals(List.of("web.orders>w"), moves(ofFile(tables, "\"web\".\"orders\"")));
        assertEquals(List.of("sales.a.b>c"), moves(ofFile(tables, "\"sales\".\"a.b\"")));
        assertEquals(List.of("a.b>b"), moves(ofFile(tables, "\"a\".\"b\"")));
        assertEquals(List.of("sales.o*>o*"), moves(ofFile(tables, "\"o*\"")));
        assertEquals(List.of("sales.order_items>order_items"), moves(ofFile(tables, "o*")));
        assertEquals(
                "The pipeline has more than one table that \"x\" may mean: \"s.x\", \"t.x\".",
                problems(ofFile(tables, "x")));
    }

    @Test
    void suggestsWhatMustBeTyped() throws IOException {
        String tables =
                "tables: ['say \"x\"', '\"what?\"', \"line\\nfeed\", {name: '$a', schema: odd.one}, -dash, plain one]\n";
        assertSuggested("'say \"x\"'", tables, "sax \"x\"");
        assertSuggested("'\"what?\"'", tables, "\"whet?\"");
        assertSuggested("$'line\\x0Afeed'", tables, "line feed");
        assertSuggested("'\"odd.one\".$a'", tables, "$b");
        assertSuggested("'\"-dash\"'", tables, "-dush");
        assertSuggested("\"plain one\"", tables, "plain on");
    }

    private void assertSuggested(String typed, String tables, String name) throws IOException {
        String sentence = problems(ofFile(tables, name));
        assertTrue(sentence.endsWith("; did you mean " + typed + "?"), sentence);
    }

    @Test
    void aNameWithBracesIsPutIntoATargetAsItIs() throws IOException {
        Selection selection = ofFile("tables: [{name: '*', schema: odd, target: '{schema}_{table}'}]\n");
        List<TableName> existing = List.of(new TableName("odd", "{schema}"), new TableName("odd", "{table}"));
        assertEquals(
                List.of("odd_{schema}", "odd_{table}"),
                selection.of(existing).stream()
                        .map(entry -> entry.target().table())
                        .toList());
    }

    @Test
    void reportsEveryPatternWithoutATableAndTargetsThatCollide() throws IOException {
        assertEquals("""
                shop.yml:4: Both sales.orders and web.orders would be loaded to raw.orders; a pattern may have a target \
                such as "{schema}_{table}".
                shop.yml:5: Postgres has no table like "shp.*"; views and partitions are not matched.
                shop.yml:6: Postgres has no table like "tmp_*" that is neither excluded nor listed before.""", problems(ofFile("""
                tables: ["*.orders",
                  "shp.*",
                  "tmp_*"]
                exclude: [tmp_*]
                """)));
    }

    @Test
    void refusesATargetThatNamesNothingKnown() {
        Failure failure =
                assertThrows(Failure.class, () -> ofFile("tables: [{name: 'o*', target: '{shema}_{table}'}]"));
        assertTrue(failure.sentence().contains("may hold {schema} and {table}, not \"{shema}_{table}\""));
    }

    @Test
    void theCommandLineAloneNamesTables() {
        assertEquals(
                List.of("public.odd>odd", "web.visits>visits", "sales.order_items>order_items"),
                moves(ofFlags(List.of("odd", "web.visits", "sales.*"), List.of("sales.tmp_*", "*.orders"))));
        assertEquals(List.of("public.a.b>a.b"), moves(ofFlags(List.of("\"a.b\""), List.of())));
        assertEquals("No table is left: all are excluded.", problems(ofFlags(List.of("a"), List.of("?"))));
    }
}
