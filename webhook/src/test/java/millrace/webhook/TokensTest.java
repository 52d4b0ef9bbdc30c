package millrace.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import millrace.webhook.config.BadSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what, by the token that a request carries. */
class TokensTest {
    private static final String OWN = "the operator's own token";

    @TempDir
    Path folder;

    private FakeDbt dbt;

    @BeforeEach
    void prepare() throws Exception {
        dbt = FakeDbt.in(folder);
    }

    @Test
    void beyondThisMachineNothingIsDoneWithoutAToken() throws Exception {
        assertThrows(BadSettings.class, () -> dbt.webhook(Map.of("WEBHOOK_PUBLISHED_ON", "0.0.0.0")));
        Map<String, String> open = Map.of("WEBHOOK_PUBLISHED_ON", "0.0.0.0", "WEBHOOK_TOKEN", OWN);
        try (Webhook webhook = dbt.webhook(open)) {
            Client client = new Client(webhook.port());
            assertEquals(200, client.get("/health").status());
            for (String path : new String[] {"/", "/status", "/api/v1/runs", "/api/v1/tokens", "/dbt-docs/"}) {
                Client.Answer answer = client.get(path);
                assertEquals(401, answer.status(), path);
                assertTrue(answer.header("WWW-Authenticate").startsWith("Bearer"), path);
            }
            for (String path : new String[] {"/webhook", "/webhook/manual", "/api/v1/runs", "/api/v1/tokens"}) {
                assertEquals(401, client.post(path).status(), path);
            }
            assertEquals(
                    0,
                    ask(client, "GET", "/api/v1/runs", OWN, "")
                            .json()
                            .path("runs")
                            .size());
            assertEquals(200, ask(client, "POST", "/webhook/manual", OWN, "").status());
            String basic = Base64.getEncoder().encodeToString(("me:" + OWN).getBytes(StandardCharsets.UTF_8));
            assertEquals(
                    200,
                    client.send(client.request("/").header("Authorization", "Basic " + basic))
                            .status());
        }
    }

    @Test
    void aTokenIsForWhatItsScopeSays() throws Exception {
        String reader;
        try (Webhook webhook = dbt.webhook(Map.of("WEBHOOK_TOKEN", OWN))) {
            Client client = new Client(webhook.port());
            reader = make(client, "dashboard", "read");
            String runner = make(client, "ci", "run");
            assertEquals(200, ask(client, "GET", "/status", reader, "").status());
            assertEquals(403, ask(client, "POST", "/webhook/manual", reader, "").status());
            assertEquals(200, ask(client, "POST", "/webhook/manual", runner, "").status());
            assertEquals(403, ask(client, "GET", "/api/v1/tokens", runner, "").status());
            assertEquals(
                    401, ask(client, "GET", "/status", "mr_wrong", "").status(), "a wrong token is never overlooked");
            assertEquals(200, client.get("/status").status(), "on this machine none is needed");
            assertEquals(
                    409,
                    ask(client, "POST", "/api/v1/tokens", OWN, "{\"name\":\"ci\",\"scope\":\"read\"}")
                            .status());
            assertEquals(
                    422,
                    ask(client, "POST", "/api/v1/tokens", OWN, "{\"name\":\"x\",\"scope\":\"all\"}")
                            .status());
            assertEquals(
                    204, ask(client, "DELETE", "/api/v1/tokens/ci", OWN, "").status());
            assertEquals(401, ask(client, "GET", "/status", runner, "").status());
            String list = ask(client, "GET", "/api/v1/tokens", OWN, "").body();
            assertTrue(list.contains("dashboard") && !list.contains(reader), list);
        }
        try (Webhook next = dbt.webhook()) {
            assertEquals(
                    200,
                    ask(new Client(next.port()), "GET", "/status", reader, "").status(),
                    "it is kept");
        }
        byte[] file = Files.readAllBytes(folder.resolve("state/webhook.mv.db"));
        assertFalse(new String(file, StandardCharsets.ISO_8859_1).contains(reader), "but not itself");
    }

    @Test
    void dbtIsToldNoneOfTheWebhooksSecrets() throws Exception {
        dbt.does("env > told; " + FakeDbt.GREEN);
        try (Webhook webhook = dbt.webhook(Map.of("WEBHOOK_TOKEN", OWN))) {
            new Client(webhook.port()).post("/webhook/manual");
            assertFalse(Files.readString(folder.resolve("project/told")).contains("WEBHOOK_"));
        }
    }

    private static String make(Client client, String name, String scope) throws Exception {
        Client.Answer answer =
                ask(client, "POST", "/api/v1/tokens", OWN, "{\"name\":\"" + name + "\",\"scope\":\"" + scope + "\"}");
        assertEquals(201, answer.status(), answer.body());
        return answer.json().path("token").asText();
    }

    private static Client.Answer ask(Client client, String method, String path, String token, String body)
            throws Exception {
        return client.send(client.request(path)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body)));
    }
}
