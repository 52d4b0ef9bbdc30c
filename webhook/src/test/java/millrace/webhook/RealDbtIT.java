package millrace.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The webhook, the project's own dbt models and the real ClickHouse engine. */
@Tag("integration")
class RealDbtIT {
    @TempDir
    Path folder;

    private EmbeddedClickHouse clickHouse;
    private WebhookProcess webhook;

    @BeforeEach
    void start() throws Exception {
        clickHouse = EmbeddedClickHouse.start(folder.resolve("clickhouse"));
        webhook = WebhookProcess.start(folder.resolve("printed"), clickHouse.webhookEnvironment(folder));
    }

    @AfterEach
    void stop() throws Exception {
        webhook.stop();
        clickHouse.stop();
    }

    @Test
    void theShopsModelsAreBuiltTestedAndDocumented() throws Exception {
        clickHouse.loadShop();
        Client client = webhook.client();
        Client.Answer answer = client.post("/webhook/manual");
        assertEquals(200, answer.status(), answer.body());
        assertEquals("success", status(answer.json(), "fact_sales"));
        assertEquals("success", status(answer.json(), "agg_sales_by_state"));
        assertEquals("294", clickHouse.query("SELECT count() FROM analytics.fact_sales"));
        String id = answer.json().path("run_id").asText();
        assertTrue(
                Integer.parseInt(clickHouse.query(
                                "SELECT count() FROM system.query_log WHERE position(log_comment, '" + id + "') > 0"))
                        > 10,
                "its queries can be told from others");
        String run = "/api/v1/runs/" + id;
        assertTrue(client.get(run + "/logs").body().contains("fact_sales"));
        Client.Answer docs = client.get("/dbt-docs/");
        assertEquals(200, docs.status());
        assertTrue(docs.body().contains("model.millrace.fact_sales"));
    }

    @Test
    void wrongDataIsRedAndNamed() throws Exception {
        clickHouse.loadShop();
        clickHouse.query("INSERT INTO raw.customers SELECT * FROM raw.customers LIMIT 1");
        Client.Answer answer = webhook.client().post("/webhook/manual");
        assertEquals(500, answer.status(), answer.body());
        assertEquals("dbt_failed", answer.json().path("error").path("code").asText());
        assertTrue(answer.json().path("summary").path("error").asInt() > 0);
    }

    @Test
    void aClickHouseThatIsDownIsToldInASentence() throws Exception {
        clickHouse.stop();
        Client.Answer answer = webhook.client().post("/webhook/manual");
        assertEquals(500, answer.status());
        String message = answer.json().path("error").path("message").asText();
        assertTrue(message.startsWith("dbt ended with exit code "), message);
    }

    private static String status(JsonNode run, String model) {
        return StreamSupport.stream(run.path("models").spliterator(), false)
                .filter(node -> node.path("name").asText().equals(model))
                .map(node -> node.path("status").asText())
                .findFirst()
                .orElse("missing");
    }
}
