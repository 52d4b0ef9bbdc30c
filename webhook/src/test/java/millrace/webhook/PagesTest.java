package millrace.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages, without a ClickHouse. */
class PagesTest {
    @TempDir
    Path folder;

    @Test
    void theFrontPageNamesPipelinesAndRunsAndWhatIsInTheWay() throws Exception {
        FakeDbt dbt = FakeDbt.in(folder).does("echo 'Encountered an error: <b>'; exit 1");
        try (Webhook webhook = dbt.webhook(Map.of("WEBHOOK_AIRFLOW_URL", "http://127.0.0.1:8080"))) {
            Client client = new Client(webhook.port());
            String page = client.get("/").body();
            assertTrue(page.contains("None yet.") && page.contains("ecommerce"), page);
            assertTrue(page.contains("CLICKHOUSE_HOST is not set"), page);
            assertTrue(page.contains("href=\"http://127.0.0.1:8080/\""), page);
            String id = client.post("/webhook/manual").json().path("run_id").asText();
            page = client.get("/").body();
            assertTrue(page.contains("href=\"/runs/" + id + "\""), page);
            assertTrue(page.contains("&lt;b&gt;") && !page.contains("<b>"), page);
        }
    }

    @Test
    void figuresAreThereForPrometheus() throws Exception {
        FakeDbt dbt = FakeDbt.in(folder).does(FakeDbt.RED);
        try (Webhook webhook = dbt.webhook()) {
            Client client = new Client(webhook.port());
            client.post("/webhook/manual");
            String figures = client.get("/metrics").body();
            for (String line : List.of(
                    "# TYPE millrace_webhook_runs gauge",
                    "millrace_webhook_runs{pipeline=\"ecommerce\",state=\"failed\"} 1.0",
                    "millrace_webhook_last_run_success{pipeline=\"ecommerce\"} 0.0",
                    "millrace_webhook_waiting_runs 0.0",
                    "millrace_warehouse_up 0.0")) {
                assertTrue(figures.contains("\n" + line + "\n"), figures);
            }
            assertTrue(figures.contains("millrace_webhook_model_seconds{pipeline=\"ecommerce\",node=\""), figures);
            assertEquals(200, client.get("/health/live").status());
            assertEquals(
                    client.get("/health").status(), client.get("/health/ready").status());
        }
    }

    @Test
    void everyDocumentedAddressIsServed() throws Exception {
        FakeDbt dbt = FakeDbt.in(folder);
        try (Webhook webhook = dbt.webhook()) {
            Client client = new Client(webhook.port());
            assertTrue(client.get("/docs").body().contains("Millrace webhook"));
            for (Map.Entry<String, JsonNode> path :
                    client.get("/openapi.json").json().path("paths").properties()) {
                if (path.getValue().has("get")) {
                    String address = path.getKey().replaceAll("\\{.*?}", "x");
                    String code = client.get(address).body().replaceAll("(?s).*\"code\":\"([a-z_]+)\".*", "$1");
                    assertNotEquals("not_found", code, address);
                }
            }
        }
    }

    @Test
    void aRunHasAPageWithItsNodesAndItsLog() throws Exception {
        FakeDbt dbt = FakeDbt.in(folder).does("echo '<script>alert(1)</script>'; " + FakeDbt.RED);
        try (Webhook webhook = dbt.webhook()) {
            Client client = new Client(webhook.port());
            String id = client.post("/webhook/manual").json().path("run_id").asText();
            String page = client.get("/runs/" + id).body();
            assertTrue(page.contains("stg_orders") && page.contains("said"), page);
            assertTrue(page.contains("&lt;script&gt;alert(1)") && !page.contains("<script>alert"), page);
            assertTrue(page.contains("action=\"/runs/" + id + "/retry\""), page);
            assertTrue(client.get("/runs?state=failed").body().contains(id));
            assertFalse(
                    client.get("/runs?state=success&pipeline=&command=").body().contains(id));
        }
    }

    @Test
    void buttonsStartRepeatAndCancelRuns() throws Exception {
        FakeDbt dbt = FakeDbt.in(folder).does(FakeDbt.ENDLESS);
        try (Webhook webhook = dbt.webhook()) {
            Client client = new Client(webhook.port());
            Client.Answer started = form(client, "/runs", "pipeline=ecommerce");
            assertEquals(303, started.status(), started.body());
            String page = started.header("Location");
            dbt.process();
            assertTrue(client.get(page).body().contains("data-ended=\"false\""));
            assertEquals(303, form(client, page + "/cancel", "").status());
            assertTrue(client.get(page).body().contains("cancelled"));
            dbt.does(FakeDbt.GREEN);
            Client.Answer repeated = form(client, page + "/retry", "");
            assertEquals(303, repeated.status(), repeated.body());
            assertTrue(client.get(repeated.header("Location")).body().contains("retry of <a href=\"" + page));
        }
    }

    @Test
    void browsersAreToldOnAPageAndProgramsByAProblem() throws Exception {
        try (Webhook webhook = FakeDbt.in(folder).webhook()) {
            Client client = new Client(webhook.port());
            for (String path : new String[] {"/runs/nonsense", "/tables/raw.nonsense", "/runs?state=odd"}) {
                Client.Answer page = client.send(
                        client.request(path).header("Accept", "text/html").GET());
                assertTrue(page.status() >= 400 && page.header("Content-Type").startsWith("text/html"), path);
                assertTrue(client.get(path).header("Content-Type").startsWith("application/problem+json"), path);
            }
            assertEquals(404, client.get("/assets/..%2fHtml.class").status());
            assertEquals(404, client.get("/assets/nonsense.css").status());
            assertEquals(400, form(client, "/runs", "pipeline=").status());
        }
    }

    @Test
    void nothingOnAPageNeedsMoreThanThePolicyOfAllAnswersAllows() throws Exception {
        try (Webhook webhook = FakeDbt.in(folder).webhook()) {
            Client client = new Client(webhook.port());
            String id = client.post("/webhook/manual").json().path("run_id").asText();
            for (String path : new String[] {"/", "/runs", "/runs/" + id}) {
                Client.Answer page = client.get(path);
                assertTrue(page.header("Content-Security-Policy").contains("style-src 'self'"), path);
                assertFalse(page.body().matches("(?s).*(<style|\\sstyle=|\\son[a-z]+=|<script>).*"), path);
            }
            for (String name : new String[] {"pages.css", "pages.js", "millrace.svg"}) {
                assertEquals(200, client.get("/assets/" + name).status(), name);
            }
        }
    }

    private static Client.Answer form(Client client, String path, String body) throws Exception {
        return client.send(client.request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }
}
