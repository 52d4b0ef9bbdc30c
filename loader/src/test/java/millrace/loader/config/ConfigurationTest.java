package millrace.loader.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.contract.failure.ExitCode;
import millrace.contract.failure.Failure;
import millrace.contract.pipeline.ColumnOptions;
import millrace.contract.pipeline.FollowOptions;
import millrace.contract.pipeline.LoadMode;
import millrace.contract.pipeline.OnRefusal;
import millrace.contract.pipeline.Pipeline;
import millrace.contract.pipeline.Rule;
import millrace.contract.pipeline.TableEntry;
import millrace.contract.pipeline.TableName;
import millrace.contract.pipeline.TableOptions;
import millrace.contract.settings.PostgresSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {
    private static final String HEAD = """
            pipeline: shop
            source: {env: POSTGRES, schema: sales}
            target: {env: CLICKHOUSE, database: raw}
            """;

    private static final Configuration.SecondLook NO_LOOK = (pipeline, source, problems) -> {};

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>(Map.of(
            "POSTGRES_HOST", "db",
            "POSTGRES_DB", "shop",
            "POSTGRES_USER", "reader",
            "POSTGRES_PASSWORD", "opensesame",
            "CLICKHOUSE_HOST", "ch",
            "CLICKHOUSE_USER", "default",
            "CLICKHOUSE_PASSWORD", ""));

    @Test
    void readsTablesInTheirLongAndShortForm() throws IOException {
        Pipeline pipeline = read(HEAD + """
                          tables:
                            - customers
                            - name: orders
                              target: sales_orders
                              mode: full
                              key: [shop, id]
                            - {name: items, key: id}
                          """).pipeline();
        List<TableEntry> tables = pipeline.tables();
        assertEquals(new TableName("sales", "customers"), tables.get(0).source());
        assertEquals(new TableName("raw", "customers"), tables.get(0).target());
        assertEquals(new TableName("raw", "sales_orders"), tables.get(1).target());
        assertEquals(List.of("shop", "id"), tables.get(1).options().key());
        assertEquals(List.of("id"), tables.get(2).options().key());
        assertEquals(6, tables.get(1).line());
    }

    @Test
    void readsHowTheSourceIsFollowed() throws IOException {
        assertEquals(
                Optional.empty(), read(HEAD + "tables: [orders]").pipeline().follow());
        FollowOptions usual = read(HEAD + "follow: {port: 0}\ntables: [orders]")
                .pipeline()
                .follow()
                .orElseThrow();
        assertEquals(new FollowOptions("millrace_shop", "millrace_shop", "cdc", 0), usual);
        FollowOptions own = read(HEAD + "follow: {slot: s, publication: P, database: d}\ntables: [orders]")
                .pipeline()
                .follow()
                .orElseThrow();
        assertEquals(new FollowOptions("s", "P", "d", 5002), own);
    }

    @Test
    void readsRulesOfFollowedTables() throws IOException {
        TableOptions options = read(HEAD + """
                        follow: {resync: ask, slot_limit_mb: 5, when_slot_full: drop}
                        tables:
                          - name: orders
                            rules: [quantity > 0, {exists: customers.id, column: customer}, {exists: crm.shops.shop}]
                            columns: {placed: {on_refusal: quarantine}}
                        """).pipeline().tables().get(0).options();
        assertEquals(
                List.of(
                        new Rule.Condition("quantity > 0"),
                        new Rule.Exists("customer", new TableName("sales", "customers"), "id"),
                        new Rule.Exists("shop", new TableName("crm", "shops"), "shop")),
                options.rules());
        assertEquals(OnRefusal.QUARANTINE, options.column("placed").onRefusal());
        String loaded = problems(HEAD + "tables: [{name: orders, rules: a > 0}]");
        assertTrue(loaded.contains("\"rules\" are for tables of a pipeline with \"follow\""), loaded);
        String wrong =
                problems(HEAD + "follow: {}\ntables: [{name: orders, rules: [{exists: customers}, {column: a}]}]");
        assertTrue(wrong.contains("as in customers.customer_id"), wrong);
        assertTrue(wrong.contains("A rule has a \"condition\" or says what \"exists\"."), wrong);
    }

    @Test
    void refusesWhatCannotBeFollowed() {
        String sentences =
                problems(HEAD + "follow: {slot: My-Slot, database: raw, port: 99999, lag: 1}\ntables: [orders]");
        assertTrue(sentences.contains("\"My-Slot\" cannot be a replication slot"), sentences);
        assertTrue(sentences.contains("\"raw\" cannot be the database of the changes"), sentences);
        assertTrue(sentences.contains("\"port\" must be from 0 to 65535"), sentences);
        assertTrue(sentences.contains("Unknown key \"lag\" in follow"), sentences);
    }

    @Test
    void reportsEveryProblemAtOnceWithItsLine() {
        environment.remove("POSTGRES_USER");
        environment.put("CLICKHOUSE_HTTP_PORT", "eighty");
        String sentences = problems("""
                pipeline: shop
                sources: {env: POSTGRES}
                target: {env: CLICKHOUSE, databse: raw}
                tables:
                  - name: orders
                    mode: ful
                  - nam: items
                  - orders
                """);
        assertEquals("""
                The environment variable POSTGRES_USER is not set.
                The environment variable CLICKHOUSE_HTTP_PORT must be a port from 1 to 65535, not "eighty".
                shop.yml:1: the pipeline needs the key "source".
                shop.yml:2: Unknown key "sources" in the pipeline; did you mean "source"?
                shop.yml:3: Unknown key "databse" in target; did you mean "database"?
                shop.yml:6: Unknown mode "ful"; did you mean "full"?
                shop.yml:7: Unknown key "nam" in a table; did you mean "name"?
                shop.yml:7: a table needs the key "name".
                shop.yml:8: The target raw.orders is already that of line 5.""", sentences);
    }

    @Test
    void readsWhatATableAndItsColumnsAreToBe() throws IOException {
        TableOptions options = read(HEAD + """
                          tables:
                            - name: clicks
                              mode: incremental
                              cursor: id
                              engine: ReplacingMergeTree
                              order_by: (day, id)
                              partition_by: toYYYYMM(day)
                              ttl: day + INTERVAL 1 YEAR
                              settings: {index_granularity: 1024}
                              columns:
                                day: {on_refusal: null}
                                note: {type: LowCardinality(String), codec: ZSTD(3)}
                          """).pipeline().tables().get(0).options();
        assertEquals(new LoadMode.Incremental("id", ""), options.mode());
        assertEquals("toYYYYMM(day)", options.partitionBy());
        assertEquals(Map.of("index_granularity", "1024"), options.settings());
        assertEquals(OnRefusal.NULL, options.column("day").onRefusal());
        assertEquals(
                new ColumnOptions("LowCardinality(String)", OnRefusal.STOP, "ZSTD(3)", 15), options.column("note"));
        assertEquals(ColumnOptions.NONE, options.column("id"));
    }

    @Test
    void refusesWhatATableCannotBe() {
        assertEquals("""
                shop.yml:5: "cursor" is for tables with "mode: incremental".
                shop.yml:6: a table needs the key "cursor".
                shop.yml:8: Unknown on_refusal "nul"; did you mean "null"?
                shop.yml:9: column b must be a mapping with the keys type, on_refusal, codec, drop, hash.""", problems(HEAD + """
                        tables:
                          - {name: a, cursor: id}
                          - {name: b, mode: incremental, columns: {}}
                          - {name: c, columns: {
                              a: {on_refusal: nul},
                              b: text}}
                        """));
    }

    @Test
    void saysWhereAFileIsNoYaml() {
        assertTrue(problems("pipeline: shop\ntables: [a\nsource: b\n").startsWith("shop.yml:3: This is not YAML: "));
        assertEquals("shop.yml:1: The file is empty.", problems(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"aliases", "brackets", "braces", "dashes"})
    void refusesABombWithoutUnfoldingIt(String bomb) throws IOException {
        String said = problems(Files.readString(Path.of("../e2e/bombs", bomb + ".yml")));
        assertTrue(said.contains("nested more than 50 deep") || said.contains("more than 50 aliases"), said);
    }

    @Test
    void doesNotReadAHugeFile() {
        assertTrue(problems("#".repeat(2 << 20)).startsWith("shop.yml:1: The file has more than 1048576 bytes"));
    }

    @Test
    void tellsNoMoreProblemsThanAnybodyReads() {
        StringBuilder yaml = new StringBuilder(HEAD + "tables: [a]\n");
        for (int i = 0; i < 500; i++) {
            yaml.append("odd").append(i).append(": 1\n");
        }
        assertTrue(problems(yaml.toString()).endsWith("\nAnd 450 more."));
    }

    @Test
    void refusesRepeatedKeysAndWrongForms() {
        assertEquals("shop.yml:4: \"tables\" must be a list of at least one table.", problems(HEAD + "tables: []\n"));
        assertEquals(
                "shop.yml:4: The key \"pipeline\" stands twice in the pipeline.",
                problems(HEAD + "pipeline: again\ntables: [a]\n"));
        assertEquals("shop.yml:4: \"name\" in a table must be a text.", problems(HEAD + "tables: [{name: [a]}]\n"));
        assertEquals(
                "shop.yml:2: source must be a mapping with the keys env, schema.",
                problems("pipeline: shop\nsource: db\ntarget: {env: CLICKHOUSE}\ntables: [a]\n"));
    }

    @Test
    void readsPasswordsFromFilesAndShowsNone() throws IOException {
        environment.remove("POSTGRES_PASSWORD");
        environment.put(
                "POSTGRES_PASSWORD_FILE",
                Files.writeString(folder.resolve("password"), "from a file\n").toString());
        Configuration configuration = read(HEAD + "tables: [a]\n");
        assertEquals("from a file", configuration.source().password().value());
        assertFalse(configuration.toString().contains("from a file"));
    }

    @Test
    void aUrlSaysMoreThanTheEnvironment() throws IOException {
        environment.put("POSTGRES_PORT", "6543");
        environment.put("CLICKHOUSE_HTTP_PORT", "9123");
        Path file = Files.writeString(folder.resolve("shop.yml"), HEAD + "tables: [a]\n");
        Configuration configuration = Configuration.read(
                new Flags(
                        file.toString(),
                        "postgresql://the%20reader@[::1]/sh%2Fop",
                        "http://ch2:81/lake",
                        List.of(),
                        List.of()),
                environment,
                NO_LOOK);
        PostgresSettings source = configuration.source();
        assertEquals(
                "::1 5432 the reader sh/op",
                source.host() + " " + source.port() + " " + source.user() + " " + source.database());
        assertEquals("opensesame", source.password().value());
        assertEquals(
                "ch2:81 default",
                configuration.target().host() + ":" + configuration.target().port() + " "
                        + configuration.target().user());
        assertEquals(
                new TableName("lake", "a"),
                configuration.selection().of(List.of()).get(0).target());
    }

    @Test
    void refusesUrlsThatAreNoneOrHoldAPassword() {
        String sentences = problems("postgresql://reader:opensesame@db/shop", "ftp://ch");
        assertEquals("""
                --source holds a password, which other users of the machine can read while the loader runs.
                --target must be a URL like http://user@host:8123/database.""", sentences);
        assertTrue(problems("postgresql://db/shop?password=opensesame", "").startsWith("--source holds a password"));

        assertTrue(problems("postgres://db/?sslmod=x", "").endsWith("in --source; did you mean \"sslmode\"?"));
        assertEquals(
                "\"a-b\" in --target cannot be a database: letters, digits and _ only, and no digit first.",
                problems("", "http://ch/a-b"));
    }

    private String problems(String source, String target) {
        Flags flags = new Flags("", source, target, List.of("a"), List.of());
        return assertThrows(Failure.class, () -> Configuration.read(flags, environment, NO_LOOK))
                .sentence();
    }

    @Test
    void suggestsAPipeline() throws IOException {
        Files.writeString(folder.resolve("ecommerce.yml"), HEAD);
        environment.put("MILLRACE_PIPELINES", folder.toString());
        Failure failure =
                assertThrows(Failure.class, () -> Configuration.read(Flags.pipeline("ecomerce"), environment, NO_LOOK));
        assertTrue(failure.sentence().endsWith("did you mean \"ecommerce\"?"), failure.sentence());
        assertEquals(ExitCode.BAD_CONFIGURATION, failure.exitCode());
    }

    private Configuration read(String yaml) throws IOException {
        return Configuration.read(
                Flags.pipeline(
                        Files.writeString(folder.resolve("shop.yml"), yaml).toString()),
                environment,
                NO_LOOK);
    }

    private String problems(String yaml) {
        Failure failure = assertThrows(Failure.class, () -> read(yaml));
        assertEquals(ExitCode.BAD_CONFIGURATION, failure.exitCode());
        return failure.sentence().replace(folder + "/", "");
    }
}
