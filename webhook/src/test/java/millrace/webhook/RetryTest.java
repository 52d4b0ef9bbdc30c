package millrace.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Doing again what is left of a run. */
class RetryTest {
    private static final String TESTED = """
            cat > "$target/run_results.json" <<'END'
            {"results":[
             {"unique_id":"model.m.stg_orders","status":"success","execution_time":0.5},
             {"unique_id":"test.m.unique_stg_orders.1f","status":"fail","execution_time":0.1,"message":"Got 3 results"},
             {"unique_id":"model.m.stg_products","status":"success","execution_time":0.5},
             {"unique_id":"model.m.broken","status":"error","execution_time":0.1},
             {"unique_id":"model.m.fact_sales","status":"skipped","execution_time":0}]}
            END
            cat > "$target/manifest.json" <<'END'
            {"nodes":{"model.m.stg_orders":{"name":"stg_orders"},
             "test.m.unique_stg_orders.1f":{"name":"unique_stg_orders","depends_on":{"nodes":["model.m.stg_orders","source.m.raw.orders"]}}}}
            END
            exit 1""";

    @TempDir
    Path folder;

    private FakeDbt dbt;
    private Webhook webhook;
    private Client client;

    @BeforeEach
    void start() throws Exception {
        dbt = FakeDbt.in(folder);
        webhook = dbt.webhook();
        client = new Client(webhook.port());
    }

    @AfterEach
    void stop() throws Exception {
        webhook.close();
    }

    @Test
    void whatFailedWasSkippedOrStandsBelowAFailedTestIsBuiltAgain() throws Exception {
        dbt.does(TESTED);
        JsonNode failed = client.post(
                        "/webhook/manual", "application/json", "{\"pipeline\":\"ecommerce\",\"threads\":3}")
                .json();
        dbt.does(FakeDbt.GREEN);
        Client.Answer retry =
                client.post("/api/v1/runs/" + failed.path("run_id").asText() + "/retry");
        assertEquals(202, retry.status(), retry.body());
        Eventually.holds(
                "it has ended",
                () -> client.get(retry.header("Location")).body().contains("finished_at"));
        JsonNode run = client.get(retry.header("Location")).json();
        assertEquals(failed.path("run_id"), run.path("retry_of"));
        assertEquals("retry", run.path("cause").asText());
        assertTrue(run.path("skipped").path(0).asText().startsWith("2 nodes that were fine"), run.toString());
        String call = dbt.calls().lines().reduce((first, last) -> last).orElseThrow();
        assertTrue(
                call.startsWith(
                        "build --select unique_stg_orders stg_orders broken fact_sales --threads 3 --project-dir"),
                call);
    }

    @Test
    void aRunThatToldNothingIsRepeatedAsAWhole() throws Exception {
        dbt.does("exit 2");
        String failed = client.post("/webhook/manual").json().path("run_id").asText();
        Client.Answer retry = client.post("/api/v1/runs/" + failed + "/retry");
        assertEquals("build", retry.json().path("command").path(0).asText());
        assertEquals(
                "path:models/ecommerce", retry.json().path("command").path(2).asText());
    }

    @Test
    void onlyWhatFailedCanBeDoneAgain() throws Exception {
        String green = client.post("/webhook/manual").json().path("run_id").asText();
        Client.Answer refused = client.post("/api/v1/runs/" + green + "/retry");
        assertEquals(409, refused.status());
        assertEquals("nothing_to_retry", refused.json().path("code").asText());
    }
}
