package millrace.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that wait for their turn, and requests that come twice. */
class QueueTest {
    private static final String JSON = "application/json";
    private static final String BODY = "{\"pipeline\":\"ecommerce\"}";
    private static final String GATED = "while [ ! -e go ]; do sleep 0.05; done; " + FakeDbt.GREEN;

    @TempDir
    Path folder;

    private FakeDbt dbt;

    @BeforeEach
    void prepare() throws Exception {
        dbt = FakeDbt.in(folder).does(GATED);
    }

    @Test
    void runsWaitInTheOrderInWhichTheyCame() throws Exception {
        try (Webhook webhook = dbt.webhook(Map.of("WEBHOOK_QUEUE", "2"))) {
            Client client = new Client(webhook.port());
            String first = ask(client, "running");
            String second = ask(client, "queued");
            String third = ask(client, "queued");
            assertEquals(1, run(client, second).path("position").asInt());
            assertEquals(2, run(client, third).path("position").asInt());
            Client.Answer refused = client.post("/api/v1/runs", JSON, BODY);
            assertEquals(429, refused.status());
            assertEquals("queue_full", refused.json().path("code").asText());
            assertTrue(Integer.parseInt(refused.header("Retry-After")) > 0);
            assertEquals(409, client.post("/webhook").status());
            assertEquals(200, client.post("/api/v1/runs/" + second + "/cancel").status());
            assertEquals(1, run(client, third).path("position").asInt());
            Files.createFile(folder.resolve("project/go"));
            Eventually.holds("all have ended", () -> state(client, third).equals("success"));
            assertEquals("success", state(client, first));
            assertEquals("cancelled", state(client, second));
            assertEquals(2, dbt.calls().lines().count());
        }
    }

    @Test
    void whatWaitedWhenTheWebhookEndedRunsWhenItIsBack() throws Exception {
        String waiting;
        try (Webhook webhook = dbt.webhook()) {
            Client client = new Client(webhook.port());
            ask(client, "running");
            waiting = ask(client, "queued");
        }
        Files.createFile(folder.resolve("project/go"));
        try (Webhook next = dbt.webhook()) {
            Client client = new Client(next.port());
            Eventually.holds("it has run", () -> state(client, waiting).equals("success"));
        }
    }

    @Test
    void theSameRequestWithTheSameKeyIsOneRun() throws Exception {
        Files.createFile(Files.createDirectories(folder.resolve("project")).resolve("go"));
        String run;
        try (Webhook webhook = dbt.webhook()) {
            Client client = new Client(webhook.port());
            Client.Answer first = keyed(client, BODY);
            run = first.json().path("run_id").asText();
            assertEquals("", first.header("Idempotency-Replayed"));
            Client.Answer again = keyed(client, "{ \"pipeline\": \"ecommerce\" }");
            assertEquals(202, again.status());
            assertEquals("true", again.header("Idempotency-Replayed"));
            assertEquals(run, again.json().path("run_id").asText());
            assertEquals(
                    422,
                    keyed(client, "{\"pipeline\":\"ecommerce\",\"threads\":2}").status());
            Eventually.holds(
                    "it has ended", () -> state(client, run(client, first)).equals("success"));
        }
        try (Webhook next = dbt.webhook()) {
            assertEquals(
                    run,
                    keyed(new Client(next.port()), BODY).json().path("run_id").asText(),
                    "it is kept");
        }
    }

    @Test
    void listsComeInPartsAndFiltered() throws Exception {
        Files.createFile(folder.resolve("project/go"));
        try (Webhook webhook = dbt.webhook()) {
            Client client = new Client(webhook.port());
            for (int i = 0; i < 3; i++) {
                client.post("/webhook/manual");
            }
            JsonNode page = client.get("/api/v1/runs?state=success&command=build&limit=2")
                    .json();
            assertEquals(2, page.path("runs").size());
            JsonNode rest = client.get(page.path("next").asText()).json();
            assertEquals(1, rest.path("runs").size());
            assertTrue(rest.path("next").isMissingNode());
            assertEquals(
                    0,
                    client.get("/api/v1/runs?state=failed").json().path("runs").size());
            for (String query :
                    new String[] {"state=x", "limit=0", "limit=501", "before=1", "x=1", "limit=1&limit=2"}) {
                assertEquals(
                        "bad_query",
                        client.get("/api/v1/runs?" + query).json().path("code").asText(),
                        query);
            }
        }
    }

    private static Client.Answer keyed(Client client, String body) throws Exception {
        return client.send(client.request("/api/v1/runs")
                .header("Content-Type", JSON)
                .header("Idempotency-Key", "elt_pipeline/scheduled__2026-11-26/1")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body)));
    }

    private static String ask(Client client, String state) throws Exception {
        Client.Answer answer = client.post("/api/v1/runs", JSON, BODY);
        assertEquals(202, answer.status(), answer.body());
        assertEquals(state, answer.json().path("state").asText());
        return answer.json().path("run_id").asText();
    }

    private static String run(Client client, Client.Answer answer) throws Exception {
        return answer.json().path("run_id").asText();
    }

    private static JsonNode run(Client client, String id) throws Exception {
        return client.get("/api/v1/runs/" + id).json();
    }

    private static String state(Client client, String id) throws Exception {
        return run(client, id).path("state").asText();
    }
}
