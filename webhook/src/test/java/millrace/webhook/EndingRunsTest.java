package millrace.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that do not end by themselves. */
class EndingRunsTest {
    @TempDir
    Path folder;

    private FakeDbt dbt;

    @BeforeEach
    void prepare() throws Exception {
        dbt = FakeDbt.in(folder);
    }

    @Test
    void aCancelledRunIsOverAndTheNextOneStartsAtOnce() throws Exception {
        dbt.does(FakeDbt.ENDLESS);
        try (Webhook webhook = dbt.webhook()) {
            Client client = new Client(webhook.port());
            CompletableFuture<Client.Answer> waiting = client.postLater("/webhook/manual");
            ProcessHandle process = dbt.process();
            String run = "/api/v1/runs/"
                    + client.get("/status").json().at("/current/run_id").asText();
            Client.Answer answer = client.post(run + "/cancel");
            assertEquals(200, answer.status());
            assertCancelled(answer.json());
            assertFalse(process.isAlive());
            assertEquals("cancelled", waiting.join().json().path("outcome").asText());
            assertCancelled(client.get(run).json());
            dbt.does(FakeDbt.GREEN);
            assertEquals(200, client.post("/webhook/manual").status());
            assertEquals(200, client.post(run + "/cancel").status(), "once more is harmless");
        }
        try (Webhook next = dbt.webhook()) {
            JsonNode runs = new Client(next.port()).get("/api/v1/runs").json().path("runs");
            assertCancelled(runs.path(1));
        }
    }

    @Test
    void onlyARunThatIsActiveCanBeCancelled() throws Exception {
        try (Webhook webhook = dbt.webhook()) {
            Client client = new Client(webhook.port());
            String green = client.post("/webhook/manual").json().path("run_id").asText();
            Client.Answer ended = client.post("/api/v1/runs/" + green + "/cancel");
            assertEquals(409, ended.status());
            assertEquals("run_ended", ended.json().at("/error/code").asText());
            assertEquals(
                    404,
                    client.post("/api/v1/runs/20261121T072008123Z-3f9a/cancel").status());
        }
    }

    @Test
    void aRunThatTakesTooLongIsEndedAndSaysSo() throws Exception {
        dbt.does(FakeDbt.ENDLESS);
        try (Webhook webhook = dbt.webhook(Map.of("WEBHOOK_RUN_TIMEOUT", "1"))) {
            Client client = new Client(webhook.port());
            JsonNode run = client.post("/webhook/manual").json();
            assertEquals("failed", run.path("outcome").asText());
            assertEquals("timed_out", run.at("/error/code").asText());
            assertTrue(run.at("/error/message").asText().contains("1 s"), run.toString());
            long pid = Long.parseLong(
                    Files.readString(folder.resolve("project/pid")).strip());
            assertFalse(ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent());
            dbt.does(FakeDbt.GREEN);
            assertEquals(200, client.post("/webhook/manual").status());
        }
    }

    @Test
    void whatDbtLeftInItsProcessGroupGoesWithIt() throws Exception {
        dbt.does("(sh -c 'echo $$ > left.new; mv left.new left; exec sleep 600' &); " + FakeDbt.ENDLESS);
        try (Webhook webhook = dbt.webhook()) {
            Client client = new Client(webhook.port());
            String run = client.post("/webhook").json().path("run_id").asText();
            Path pid = folder.resolve("project/left");
            Eventually.holds("it has left something", () -> Files.exists(pid));
            dbt.process();
            assertEquals(200, client.post("/api/v1/runs/" + run + "/cancel").status());
            long left = Long.parseLong(Files.readString(pid).strip());
            Eventually.holds(
                    "it is gone",
                    () -> ProcessHandle.of(left).filter(ProcessHandle::isAlive).isEmpty());
        }
    }

    @Test
    @Tag("integration")
    void aDbtThatIgnoresEverySignalIsKilled() throws Exception {
        dbt.does("trap '' INT TERM; " + FakeDbt.ENDLESS);
        try (Webhook webhook = dbt.webhook()) {
            Client client = new Client(webhook.port());
            String run = client.post("/webhook").json().path("run_id").asText();
            ProcessHandle process = dbt.process();
            assertCancelled(client.post("/api/v1/runs/" + run + "/cancel").json());
            assertFalse(process.isAlive());
        }
    }

    private static void assertCancelled(JsonNode run) {
        assertEquals("cancelled", run.path("state").asText(), run.toString());
        assertEquals("cancelled", run.at("/error/code").asText());
        assertFalse(run.path("finished_at").asText().isEmpty());
    }
}
