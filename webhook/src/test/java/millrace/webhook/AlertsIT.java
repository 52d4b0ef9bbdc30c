package millrace.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import millrace.service.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pipelines' files ask to be told of is told once as it begins and once as it is over, by a real listener. */
@Tag("integration")
class AlertsIT {
    @TempDir
    Path folder;

    private final List<JsonNode> messages = Collections.synchronizedList(new ArrayList<>());
    private EmbeddedClickHouse clickHouse;
    private HttpServer listener;
    private FakeDbt dbt;

    @BeforeEach
    void start() throws Exception {
        clickHouse = EmbeddedClickHouse.start(folder.resolve("clickhouse"));
        clickHouse.loadShop();
        listener = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        listener.createContext("/", exchange -> {
            messages.add(Json.readTree(exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        listener.start();
        dbt = FakeDbt.in(folder.resolve("dbt"));
    }

    @AfterEach
    void stop() throws Exception {
        listener.stop(0);
        clickHouse.stop();
    }

    private Webhook webhook() throws Exception {
        Map<String, String> more = new HashMap<>(clickHouse.credentials());
        more.put("WEBHOOK_TARGETS", "http://127.0.0.1:" + listener.getAddress().getPort() + "/");
        more.put("WEBHOOK_TARGET_SECRET", "secret");
        more.put("WEBHOOK_ALERT_SECONDS", "1");
        return dbt.webhook(more);
    }

    private void asks(String alerts) throws Exception {
        Files.writeString(
                folder.resolve("dbt/pipelines/ecommerce.yml"),
                "pipeline: ecommerce\nsource: {env: POSTGRES}\ntarget: {env: CLICKHOUSE}\ntables: [orders]\n"
                        + "dbt: {select: 'path:models/ecommerce'}\nalerts: " + alerts + "\n");
    }

    private void load(String table, String outcome, int minutesAgo, int replaced, String sentence) throws Exception {
        clickHouse.query(("INSERT INTO millrace.loads SELECT 'next', 'ecommerce', 'raw.%1$s', 'public.%1$s', 'full',"
                        + " now64(6) - %2$d * 60, now64(6) - %2$d * 60, 1, 1, 0, %3$d, 0, '%4$s', '%5$s'")
                .formatted(table, minutesAgo, replaced, outcome, sentence));
    }

    /** The alerts among the messages: type, kind, subject. */
    private List<String> told() {
        return List.copyOf(messages).stream()
                .filter(message -> message.path("type").asText().startsWith("alert."))
                .map(message -> String.join(
                        " ",
                        message.path("type").asText().substring("alert.".length()),
                        message.path("data").path("kind").asText(),
                        message.path("data").path("subject").asText()))
                .toList();
    }

    @Test
    void loadsThatFailAreToldOnceAndThatItIsOver() throws Exception {
        asks("{}");
        load("products", "failed", 0, 0, "column-gone: name is missing.");
        try (Webhook webhook = webhook()) {
            Client client = new Client(webhook.port());
            Eventually.holds("it is told", () -> told().equals(List.of("begun failed raw.products")));
            assertEquals(
                    "The last load of raw.products failed: column-gone: name is missing.",
                    messages.get(0).path("data").path("sentence").asText());
            assertTrue(client.get("/api/v1/alerts").body().contains("\"subject\":\"raw.products\""));
            Thread.sleep(2500);
        }
        try (Webhook webhook = webhook()) {
            Client client = new Client(webhook.port());
            Thread.sleep(2500);
            assertEquals(1, told().size(), "nor again after a restart: " + told());
            load("products", "done", 0, 3, "Loaded 1 row of public.products; column colour added, String.");
            Eventually.holds("the end is told", () -> told().contains("over failed raw.products"));
            Eventually.holds(
                    "so is what that load did",
                    () -> told().containsAll(
                                    List.of("begun values-replaced raw.products", "begun shape-changed raw.products")));
            Eventually.holds(
                    "nothing goes on",
                    () -> !client.get("/api/v1/alerts").body().contains("raw."));
            load("products", "done", 0, 0, "Loaded 1 row of public.products.");
            Thread.sleep(5000);
            assertEquals(4, told().size(), told().toString());
        }
    }

    @Test
    void runsThatFailAndTablesThatAreStaleAreTold() throws Exception {
        asks("{when: [failed, stale], stale_after_minutes: 5}");
        clickHouse.query("TRUNCATE TABLE millrace.loads");
        load("orders", "done", 6, 3, "Loaded 1 row of public.orders.");
        load("products", "done", 1, 0, "Loaded 1 row of public.products.");
        dbt.does(FakeDbt.RED);
        try (Webhook webhook = webhook()) {
            Client client = new Client(webhook.port());
            client.post("/webhook/manual");
            Eventually.holds(
                    "both are told", () -> told().containsAll(List.of("begun failed dbt", "begun stale raw.orders")));
            dbt.does(FakeDbt.GREEN);
            client.post("/webhook/manual");
            load("orders", "done", 0, 0, "Loaded 1 row of public.orders.");
            Eventually.holds(
                    "both are over", () -> told().containsAll(List.of("over failed dbt", "over stale raw.orders")));
            assertEquals(4, told().size(), told().toString());
            asks("{when: shape-changed}");
            load("orders", "failed", 0, 0, "It failed.");
            Thread.sleep(5000);
            assertFalse(told().toString().contains("failed raw.orders"), told().toString());
        }
    }
}
