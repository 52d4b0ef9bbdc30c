package millrace.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import millrace.service.Json;
import millrace.webhook.config.BadSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Others are told of runs, by a real listener. */
class TargetsTest {
    private static final String SECRET =
            "whsec_" + Base64.getEncoder().encodeToString("twenty-four bytes of key".getBytes(UTF_8));

    @TempDir
    Path folder;

    /** A message as it came. */
    private record Message(String path, Map<String, String> headers, byte[] body) {
        String type() throws IOException {
            return json().path("type").asText();
        }

        JsonNode json() throws IOException {
            return Json.readTree(body);
        }
    }

    private final List<Message> messages = Collections.synchronizedList(new ArrayList<>());
    private HttpServer listener;
    private volatile int status = 204;
    private FakeDbt dbt;

    @BeforeEach
    void listen() throws Exception {
        listener = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        listener.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        listener.createContext("/", exchange -> {
            Map<String, String> headers = new HashMap<>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(), values.get(0)));
            messages.add(new Message(
                    exchange.getRequestURI().getPath(),
                    headers,
                    exchange.getRequestBody().readAllBytes()));
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        listener.start();
        dbt = FakeDbt.in(folder);
    }

    @AfterEach
    void stop() {
        listener.stop(0);
    }

    private Webhook webhook(String targets) throws Exception {
        return dbt.webhook(Map.of("WEBHOOK_TARGETS", targets, "WEBHOOK_TARGET_SECRET", SECRET + " another"));
    }

    private String address(String path) {
        return "http://127.0.0.1:" + listener.getAddress().getPort() + path;
    }

    private List<String> types() throws IOException {
        List<String> types = new ArrayList<>();
        for (Message message : List.copyOf(messages)) {
            types.add(message.type());
        }
        return types;
    }

    @Test
    void theStartAndTheEndOfARunAreToldSigned() throws Exception {
        dbt.does(FakeDbt.RED);
        try (Webhook webhook = webhook(address("/hook"))) {
            Client client = new Client(webhook.port());
            client.post("/webhook/manual");
            Eventually.holds("both have come", () -> types().equals(List.of("run.started", "run.errored")));
            Message end = messages.get(1);
            assertEquals("failed", end.json().path("data").path("state").asText());
            assertEquals(
                    "dbt_failed",
                    end.json().path("data").path("error").path("code").asText());
            assertEquals(
                    "stg_orders",
                    end.json().path("data").path("failed_nodes").path(0).asText());
            String signed =
                    end.headers().get("webhook-id") + "." + end.headers().get("webhook-timestamp") + ".";
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec("twenty-four bytes of key".getBytes(UTF_8), "HmacSHA256"));
            mac.update(signed.getBytes(UTF_8));
            String expected = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(end.body()));
            assertEquals(expected, end.headers().get("webhook-signature").split(" ")[0]);
            assertEquals(2, end.headers().get("webhook-signature").split(" ").length, "signed with both secrets");
            Eventually.holds("the log has both", () -> delivered(client) == 2);
            String log = client.get("/api/v1/deliveries").body();
            assertFalse(log.contains("/hook"), log);
        }
    }

    @Test
    void whatIsRefusedComesAgainAlsoAfterARestart() throws Exception {
        status = 500;
        try (Webhook webhook = webhook(address("/hook"))) {
            Client client = new Client(webhook.port());
            client.post("/webhook/manual");
            Eventually.holds("the first was refused", () -> !messages.isEmpty());
            Eventually.holds(
                    "that is in the log",
                    () -> client.get("/api/v1/deliveries").body().contains("HTTP 500"));
        }
        status = 200;
        messages.clear();
        try (Webhook webhook = webhook(address("/hook"))) {
            Eventually.holds("both come", () -> types().containsAll(List.of("run.started", "run.completed")));
            Client client = new Client(webhook.port());
            Eventually.holds("the log has both", () -> delivered(client) == 2);
            JsonNode first = client.get("/api/v1/deliveries?limit=1").json();
            assertEquals(1, first.path("deliveries").size());
            JsonNode second = client.get(first.path("next").asText()).json();
            assertEquals(
                    "run.started",
                    second.path("deliveries").path(0).path("type").asText());
            assertEquals(2, second.path("deliveries").path(0).path("attempts").asInt());
        }
    }

    @Test
    void aTargetThatIsAwayOrRedirectsHoldsUpNoOther() throws Exception {
        status = 302;
        try (Webhook webhook = webhook("http://127.0.0.1:1/away slack:" + address("/chat"))) {
            Client client = new Client(webhook.port());
            assertEquals(200, client.post("/webhook/manual").status());
            Eventually.holds("one has come", () -> !messages.isEmpty());
            assertEquals("/chat", messages.get(0).path());
            String text = messages.get(0).json().path("text").asText();
            assertTrue(text.startsWith("dbt build of ecommerce (run "), text);
            assertFalse(messages.get(0).headers().containsKey("webhook-signature"));
            Eventually.holds("both are in the log", () -> {
                String log = client.get("/api/v1/deliveries").body();
                return log.contains("HTTP 302") && log.contains("\"answer\":\"Connect\"");
            });
            assertTrue(messages.stream().noneMatch(message -> message.path().equals("/elsewhere")));
        }
    }

    @Test
    void aTargetThatIsGoneIsGivenUp() throws Exception {
        status = 410;
        try (Webhook webhook = webhook(address("/hook"))) {
            Client client = new Client(webhook.port());
            client.post("/webhook/manual");
            Eventually.holds(
                    "both are given up",
                    () -> client.get("/api/v1/deliveries").body().split("given_up", -1).length == 3);
        }
    }

    @Test
    void aRunThatAKillEndedIsToldAfterTheRestart() throws Exception {
        dbt.does(FakeDbt.ENDLESS);
        Map<String, String> environment = new HashMap<>(dbt.environment());
        environment.put("WEBHOOK_TARGETS", address("/hook"));
        environment.put("WEBHOOK_TARGET_SECRET", SECRET);
        WebhookProcess process = WebhookProcess.start(folder.resolve("printed"), environment);
        process.client().post("/api/v1/runs", "application/json", "{\"pipeline\":\"ecommerce\"}");
        dbt.process();
        process.process().destroyForcibly().waitFor();
        try (Webhook webhook = webhook(address("/hook"))) {
            Client client = new Client(webhook.port());
            Eventually.holds("it is told", () -> types().contains("run.errored"));
            assertTrue(client.get("/api/v1/runs").body().contains("webhook_died"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://127.0.0.1/x",
                "https://user:word@example.org/",
                "https:///x",
                "slack:x",
                "https://example.org/#a"
            })
    void anAddressThatCannotBeUsedIsRefusedAndNotShown(String address) {
        BadSettings bad = assertThrows(BadSettings.class, () -> webhook(address));
        assertTrue(bad.getMessage().contains("WEBHOOK_TARGETS: address number 1"), bad.getMessage());
        assertFalse(bad.getMessage().contains(address), bad.getMessage());
    }

    @Test
    void messagesWithoutASecretAreRefused() {
        BadSettings bad =
                assertThrows(BadSettings.class, () -> dbt.webhook(Map.of("WEBHOOK_TARGETS", "https://example.org/")));
        assertTrue(bad.getMessage().contains("WEBHOOK_TARGET_SECRET is not set"), bad.getMessage());
    }

    private static int delivered(Client client) throws Exception {
        return client.get("/api/v1/deliveries").body().split("\"delivered\"", -1).length - 1;
    }
}
