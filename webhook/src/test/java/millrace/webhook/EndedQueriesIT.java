package millrace.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is cancelled leaves no query behind, although ClickHouse may go on without the client. */
@Tag("integration")
class EndedQueriesIT {
    @TempDir
    Path folder;

    @Test
    void theQueriesOfACancelledRunEndAndOthersGoOn() throws Exception {
        EmbeddedClickHouse clickHouse = EmbeddedClickHouse.start(folder.resolve("clickhouse"));
        FakeDbt dbt = FakeDbt.in(folder.resolve("dbt"));
        dbt.does(FakeDbt.ENDLESS);
        try (Webhook webhook = dbt.webhook(clickHouse.credentials())) {
            Client client = new Client(webhook.port());
            Client.Answer begun = client.post("/api/v1/runs", "application/json", "{\"pipeline\":\"ecommerce\"}");
            String run = begun.json().path("run_id").asText();
            CompletableFuture<String> its = endless(clickHouse, run);
            CompletableFuture<String> other = endless(clickHouse, "somebody else");
            Eventually.holds(
                    "both run",
                    () -> clickHouse
                            .query(
                                    "SELECT count() FROM system.processes WHERE query LIKE '%sleepEachRow%' AND query NOT LIKE '%processes%'")
                            .equals("2"));
            assertEquals(200, client.post("/api/v1/runs/" + run + "/cancel").status());
            ExecutionException ended = assertThrows(ExecutionException.class, () -> its.get(10, TimeUnit.SECONDS));
            assertTrue(ended.toString().contains("QUERY_WAS_CANCELLED"), ended.toString());
            assertTrue(!other.isDone(), "the other query goes on");
        } finally {
            clickHouse.stop();
        }
    }

    private static CompletableFuture<String> endless(EmbeddedClickHouse clickHouse, String mark) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return clickHouse.query("SELECT sum(sleepEachRow(0.1)) FROM numbers(1000) SETTINGS max_block_size = 1,"
                        + " log_comment = '" + mark + "'");
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
