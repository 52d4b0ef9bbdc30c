package millrace.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Runs that build only what changed, with the real dbt and the real ClickHouse engine; each goes on where the last ended. */
@Tag("integration")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChangedIT {
    private static final String CHANGED = "{'pipeline':'ecommerce','changed':true}";

    @TempDir
    static Path folder;

    private static EmbeddedClickHouse clickHouse;
    private static WebhookProcess webhook;
    private static Path pipeline;

    @BeforeAll
    static void start() throws Exception {
        clickHouse = EmbeddedClickHouse.start(folder.resolve("clickhouse"));
        clickHouse.loadShop();
        Map<String, String> environment = clickHouse.webhookEnvironment(folder);
        Path pipelines = Files.createDirectories(folder.resolve("pipelines"));
        pipeline = pipelines.resolve("ecommerce.yml");
        Files.copy(Path.of(environment.get("MILLRACE_PIPELINES")).resolve("ecommerce.yml"), pipeline);
        environment.put("MILLRACE_PIPELINES", pipelines.toString());
        environment.put("DBT_PROJECT_DIR", project(Path.of(environment.get("DBT_PROJECT_DIR"))));
        webhook = WebhookProcess.start(folder.resolve("printed"), environment);
    }

    @AfterAll
    static void stop() throws Exception {
        webhook.stop();
        clickHouse.stop();
    }

    @Test
    @Order(1)
    void theFirstOneBuildsAllAndSaysWhy() throws Exception {
        JsonNode run = run(CHANGED);
        assertTrue(models(run).containsAll(Set.of("people", "goods", "both")), run.toString());
        assertTrue(notes(run).startsWith("Nothing is left out: no run is kept since"), notes(run));
    }

    @Test
    @Order(2)
    void whereNothingChangedNothingIsBuilt() throws Exception {
        JsonNode run = run(CHANGED);
        assertEquals(Set.of(), models(run));
        assertTrue(
                notes(run).contains("models are left out, as no load has brought rows to what they read"), notes(run));
        assertTrue(notes(run).contains("both, goods, people"), notes(run));
        assertFalse(
                Files.exists(folder.resolve("state/runs/" + run.path("run_id").asText() + "/target")));
    }

    @Test
    @Order(3)
    void aLoadWithoutRowsIsNoChange() throws Exception {
        load("products", "incremental", 0);
        assertEquals(Set.of(), models(run(CHANGED)));
    }

    @Test
    @Order(4)
    void aLoadWithRowsHasItsModelsBuiltAndTestedAndWhatStandsOnThem() throws Exception {
        load("products", "full", 15);
        JsonNode run = run(CHANGED);
        assertTrue(models(run).containsAll(Set.of("goods", "both")), run.toString());
        assertFalse(models(run).contains("people"), run.toString());
        assertTrue(notes(run).contains("people"), notes(run));
        assertEquals(Set.of(), models(run(CHANGED)));
    }

    @Test
    @Order(5)
    void aModelOnAParentThatWasBuiltAloneIsBuilt() throws Exception {
        load("customers", "incremental", 1);
        run("{'pipeline':'ecommerce','command':'run','select':'people'}");
        JsonNode run = run(CHANGED);
        assertFalse(models(run).contains("people"), run.toString());
        assertTrue(models(run).contains("both"), run.toString());
    }

    @Test
    @Order(6)
    void aTableThatIsGoneIsBuilt() throws Exception {
        clickHouse.query("DROP TABLE analytics.both SYNC");
        assertEquals(Set.of("both"), models(run(CHANGED)));
    }

    @Test
    @Order(7)
    void whatATestRefusedIsBuiltAgain() throws Exception {
        clickHouse.query("INSERT INTO raw.customers SELECT * FROM raw.customers LIMIT 1");
        load("customers", "full", 11);
        assertEquals("failed", state(run(CHANGED)));
        JsonNode again = run(CHANGED);
        assertEquals("failed", state(again), "nothing mended it: " + again);
        clickHouse.query("OPTIMIZE TABLE raw.customers FINAL DEDUPLICATE");
        load("customers", "full", 10);
        assertEquals("success", state(run(CHANGED)));
    }

    @Test
    @Order(8)
    void afterAChangeOfThePipelinesFileAllIsBuilt() throws Exception {
        assertEquals(Set.of(), models(run(CHANGED)));
        Files.setLastModifiedTime(pipeline, FileTime.from(Instant.now()));
        assertTrue(models(run(CHANGED)).contains("goods"));
    }

    @Test
    @Order(9)
    void withoutClickHouseAllIsTriedAndTheReasonTold() throws Exception {
        clickHouse.stop();
        JsonNode run = run(CHANGED);
        assertEquals("failed", state(run));
        assertTrue(notes(run).startsWith("Nothing is left out: it is not known what loads have brought"), notes(run));
    }

    /** As small as it can be: a view on each of two sources, and a table on both. */
    private static String project(Path original) throws IOException {
        Path models = Files.createDirectories(folder.resolve("dbt/models/ecommerce"));
        Files.copy(original.resolve("profiles.yml"), folder.resolve("dbt/profiles.yml"));
        Files.writeString(
                folder.resolve("dbt/dbt_project.yml"),
                "name: small\nprofile: millrace\nmodels: {+materialized: view}\n");
        Files.writeString(models.resolve("sources.yml"), """
                sources: [{name: raw, tables: [{name: customers}, {name: products}]}]
                models: [{name: people, columns: [{name: customer_id, data_tests: [unique]}]}]
                """);
        Files.writeString(models.resolve("people.sql"), "SELECT * FROM {{ source('raw', 'customers') }}");
        Files.writeString(
                models.resolve("things.sql"),
                "{{ config(materialized='ephemeral') }} SELECT product_id FROM {{ source('raw', 'products') }}");
        Files.writeString(models.resolve("goods.sql"), "SELECT * FROM {{ ref('things') }}");
        Files.writeString(
                models.resolve("both.sql"),
                "{{ config(materialized='table') }} SELECT * FROM {{ ref('people') }}, {{ ref('goods') }}");
        return folder.resolve("dbt").toString();
    }

    private static void load(String table, String mode, int rows) throws Exception {
        clickHouse.query(
                ("INSERT INTO millrace.loads SELECT 'next', 'ecommerce', 'raw.%1$s', 'public.%1$s', '%2$s', now64(6), now64(6), %3$d,"
                                + " count(), 0, 0, 0, 'done', '' FROM raw.%1$s")
                        .formatted(table, mode, rows));
    }

    private static JsonNode run(String body) throws Exception {
        Client client = webhook.client();
        Client.Answer begun = client.post("/api/v1/runs", "application/json", body.replace('\'', '"'));
        assertEquals(202, begun.status(), begun.body());
        String run = "/api/v1/runs/" + begun.json().path("run_id").asText();
        Eventually.holds(
                "the run ends",
                () -> !client.get(run).json().path("finished_at").asText("").isEmpty());
        return client.get(run).json();
    }

    private static String state(JsonNode run) {
        return run.path("state").asText();
    }

    private static String notes(JsonNode run) {
        StringBuilder notes = new StringBuilder();
        run.path("skipped").forEach(note -> notes.append(note.asText()).append('\n'));
        return notes.toString();
    }

    private static Set<String> models(JsonNode run) {
        Set<String> models = new TreeSet<>();
        run.path("models").forEach(node -> {
            if (node.path("type").asText().equals("model")) {
                models.add(node.path("name").asText());
            }
        });
        return models;
    }
}
