package millrace.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import millrace.webhook.config.BadSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signed messages of other programs, and what they run. */
class EventsTest {
    private static final String SECRET = "a secret of two";
    private static final String PUSH =
            "{\"ref\":\"refs/heads/main\",\"repository\":{\"full_name\":\"acme/dbt\"},\"n\":%d}";

    @TempDir
    static Path folder;

    private static FakeDbt dbt;
    private static Webhook webhook;
    private static Client client;

    @BeforeAll
    static void start() throws Exception {
        dbt = FakeDbt.in(folder);
        Path secret = Files.writeString(folder.resolve("secret"), SECRET.replace(' ', '-') + "\n");
        Path events = Files.writeString(folder.resolve("events.yml"), """
                events:
                  - event: push
                    when: {ref: refs/heads/main, repository.full_name: acme/dbt}
                    run: {pipeline: ecommerce, command: run, select: tag:daily}
                  - event: orders.imported
                    run: {pipeline: ecommerce}
                """);
        webhook = dbt.webhook(Map.of("WEBHOOK_SECRET_FILE", secret.toString(), "WEBHOOK_EVENTS", events.toString()));
        client = new Client(webhook.port());
    }

    @AfterAll
    static void stop() throws Exception {
        webhook.close();
    }

    @Test
    void anEventRunsWhatTheFileSaysOnceAndNoReplayOfIt() throws Exception {
        Client.Answer answer = github("push", PUSH.formatted(1));
        assertEquals(202, answer.status(), answer.body());
        assertEquals("event", answer.json().path("cause").asText());
        assertEquals("run", answer.json().path("command").path(0).asText());
        Client.Answer again = github("push", PUSH.formatted(1));
        assertEquals(409, again.status());
        assertEquals("replayed", again.json().path("code").asText());
        Eventually.holds("it has ended", () -> client.get("/status").body().contains("idle"));
        long runs = dbt.calls()
                .lines()
                .filter(call -> call.startsWith("run --select tag:daily,"))
                .count();
        assertEquals(1, runs);
    }

    @Test
    void whatTheFileDoesNotNameIsIgnored() throws Exception {
        int before = client.get("/api/v1/runs").json().path("runs").size();
        for (String body : new String[] {"{\"ref\":\"refs/heads/other\"}", "{}"}) {
            Client.Answer answer = github("push", body);
            assertEquals(200, answer.status(), answer.body());
            assertEquals("ignored", answer.json().path("state").asText());
        }
        assertEquals(
                "ignored", github("ping", "{\"zen\":1}").json().path("state").asText());
        assertEquals(before, client.get("/api/v1/runs").json().path("runs").size());
    }

    @Test
    void standardWebhooksAreTakenToo() throws Exception {
        String body = "{\"type\":\"orders.imported\",\"data\":{}}";
        long now = Instant.now().getEpochSecond();
        assertEquals(401, standard("msg_0", now - 600, body).status());
        assertEquals(202, standard("msg_1", now, body).status());
        assertEquals(409, standard("msg_1", now, body).status());
    }

    @Test
    void whatIsNotSignedOrWronglyIsRefused() throws Exception {
        assertEquals(
                "signature_needed", client.post("/webhook").json().path("code").asText());
        Client.Answer forged = client.send(client.request("/webhook")
                .header("X-Hub-Signature-256", "sha256=" + "0".repeat(64))
                .header("X-GitHub-Event", "push")
                .POST(BodyPublishers.ofString(PUSH.formatted(2))));
        assertEquals(401, forged.status());
        assertEquals("bad_signature", forged.json().path("code").asText());
        assertEquals(401, client.post("/webhook").status());
        assertEquals(200, client.post("/webhook/manual").status(), "the others are as they were");
    }

    @Test
    void eventsMayBeLargerThanRequests() throws Exception {
        assertEquals(
                200, github("push", "{\"x\":\"" + "y".repeat(60_000) + "\"}").status());
        assertEquals(
                413, github("push", "{\"x\":\"" + "y".repeat(70_000) + "\"}").status());
        assertEquals(400, github("push", "[]").status());
    }

    @Test
    void aFileThatDeclaresNothingUsefulIsTold() throws Exception {
        Path events = Files.writeString(folder.resolve("bad.yml"), "events:\n  - event: push\n");
        BadSettings bad =
                assertThrows(BadSettings.class, () -> dbt.webhook(Map.of("WEBHOOK_EVENTS", events.toString())));
        assertTrue(bad.getMessage().contains("in its event number 1"), bad.getMessage());
    }

    private static Client.Answer github(String event, String body) throws Exception {
        return client.send(client.request("/webhook")
                .header("X-Hub-Signature-256", "sha256=" + HexFormat.of().formatHex(hmac(body)))
                .header("X-GitHub-Event", event)
                .POST(BodyPublishers.ofString(body)));
    }

    private static Client.Answer standard(String id, long at, String body) throws Exception {
        return client.send(client.request("/webhook")
                .header("webhook-id", id)
                .header("webhook-timestamp", String.valueOf(at))
                .header(
                        "webhook-signature",
                        "v1," + Base64.getEncoder().encodeToString(hmac(id + "." + at + "." + body)))
                .POST(BodyPublishers.ofString(body)));
    }

    private static byte[] hmac(String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.replace(' ', '-').getBytes(UTF_8), "HmacSHA256"));
        return mac.doFinal(text.getBytes(UTF_8));
    }
}
