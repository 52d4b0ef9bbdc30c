package millrace.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the webhook starts and how it ends, by itself and by force. */
@Tag("integration")
class ProcessIT {
    @TempDir
    Path folder;

    private FakeDbt dbt;

    @BeforeEach
    void prepare() throws IOException {
        dbt = FakeDbt.in(folder);
    }

    @Test
    void missingConfigurationIsASentenceEachAndExitCode2() throws Exception {
        WebhookProcess webhook = launch(Map.of());
        assertEquals(2, webhook.exitCode());
        assertEquals(4, webhook.text().lines().count(), webhook.text());
    }

    @Test
    void aTakenPortIsOneSentenceAndExitCode1() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Map<String, String> environment = new HashMap<>(dbt.environment());
            environment.put("WEBHOOK_PORT", String.valueOf(taken.getLocalPort()));
            WebhookProcess webhook = launch(environment);
            assertEquals(1, webhook.exitCode());
            assertEquals(
                    "webhook: Port " + taken.getLocalPort() + " is taken: set WEBHOOK_PORT to a free one.",
                    webhook.text().strip());
        }
    }

    @Test
    void aStateFolderThatIsInUseIsExitCode1() throws Exception {
        try (Webhook first = dbt.webhook()) {
            assertTrue(first.port() > 0);
            WebhookProcess second = launch(dbt.environment());
            assertEquals(1, second.exitCode());
            assertTrue(second.text().contains("another webhook uses it"), second.text());
        }
    }

    @Test
    void aKilledWebhookTakesDbtWithItAndTheNextOneKnows() throws Exception {
        WebhookProcess webhook = WebhookProcess.start(folder.resolve("printed"), dbt.environment());
        Client client = webhook.client();
        String green = client.post("/webhook/manual").json().path("run_id").asText();
        dbt.does(FakeDbt.ENDLESS);
        String killed = client.post("/webhook").json().path("run_id").asText();
        ProcessHandle orphan = dbt.process();
        webhook.process().destroyForcibly().waitFor();
        try (Webhook next = dbt.webhook()) {
            Eventually.holds("dbt is gone", () -> !orphan.isAlive());
            Client again = new Client(next.port());
            assertEquals(
                    "success",
                    again.get("/api/v1/runs/" + green).json().path("state").asText());
            var run = again.get("/api/v1/runs/" + killed).json();
            assertEquals("failed", run.path("state").asText());
            assertEquals("webhook_died", run.path("error").path("code").asText());
            dbt.does(FakeDbt.GREEN);
            assertEquals(200, again.post("/webhook/manual").status());
        }
    }

    @Test
    void aTerminatedWebhookEndsDbtAndMarksTheRun() throws Exception {
        dbt.does(FakeDbt.ENDLESS);
        WebhookProcess webhook = WebhookProcess.start(folder.resolve("printed"), dbt.environment());
        webhook.client().post("/webhook");
        ProcessHandle child = dbt.process();
        webhook.process().destroy();
        assertEquals(143, webhook.exitCode());
        assertFalse(child.isAlive());
        try (Webhook next = dbt.webhook()) {
            var last = new Client(next.port()).get("/status").json().path("last");
            assertEquals("webhook_stopped", last.path("error").path("code").asText());
        }
    }

    private WebhookProcess launch(Map<String, String> environment) throws IOException {
        return WebhookProcess.launch(folder.resolve("printed"), environment);
    }
}
