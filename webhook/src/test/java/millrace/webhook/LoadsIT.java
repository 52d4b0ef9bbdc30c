package millrace.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the pages tell of loads and followers, from the real ClickHouse engine. */
@Tag("integration")
class LoadsIT {
    @TempDir
    static Path folder;

    private static EmbeddedClickHouse clickHouse;
    private static Webhook webhook;
    private static Client client;

    @BeforeAll
    static void start() throws Exception {
        clickHouse = EmbeddedClickHouse.start(folder.resolve("clickhouse"));
        webhook = FakeDbt.in(folder.resolve("dbt")).webhook(clickHouse.credentials());
        client = new Client(webhook.port());
        assertTrue(client.get("/").body().contains("never loaded"), "before the first load there is nothing to tell");
        clickHouse.loadShop();
        for (String statement : FOLLOWED) {
            clickHouse.query(statement);
        }
        Thread.sleep(3100); // what was seen before the first load is forgotten then
    }

    private static final String[] FOLLOWED = {
        "CREATE TABLE millrace.stream_progress (pipeline String, at DateTime64(3, 'UTC'), state String, applied UInt64,"
                + " lag_seconds Float64, lag_bytes UInt64, slot_bytes UInt64, waiting_changes UInt64) ENGINE = MergeTree ORDER BY at",
        "CREATE TABLE millrace.stream_counts (pipeline String, at DateTime64(3, 'UTC'), source String, kind String, changes UInt64)"
                + " ENGINE = MergeTree ORDER BY at",
        "INSERT INTO millrace.stream_progress VALUES ('ecommerce', now64(3), 'following', 1, 75, 1, 2000, 0)",
        "INSERT INTO millrace.stream_counts VALUES ('ecommerce', now64(3), 't', 'update', 812)",
        "INSERT INTO millrace.loads SELECT 'later', 'ecommerce', 'raw.products', 'public.products', 'full', now64(6), now64(6), 0, 0,"
                + " 0, 0, 1, 'failed', 'column-gone: a <b> is \\'missing\\'.'",
        "INSERT INTO millrace.loads SELECT 'before', 'ecommerce', 'raw.products', 'public.products', 'full', now64(6) - 60, now64(6) - 59,"
                + " 9, 9, 77, 0, 1, 'done', 'Loaded 9 rows of public.products; column colour added, String.'",
    };

    @AfterAll
    static void stop() throws Exception {
        webhook.close();
        clickHouse.stop();
    }

    @Test
    void theFrontPageTellsOfTablesAndFollowersAndWhatToLookAt() throws Exception {
        String page = client.get("/").body();
        assertTrue(page.contains("<a href=\"/tables/raw.orders\">raw.orders</a>"), page);
        assertTrue(page.contains("2 things to look at"), page);
        assertTrue(page.contains("column-gone: a &lt;b&gt; is &apos;missing&apos;."), page);
        assertTrue(page.contains("ecommerce lags behind its source by 75.0 s."), page);
        assertTrue(page.contains("812") && page.contains("2.0 KB"), page);
    }

    @Test
    void aTableHasAPageOfItsLoads() throws Exception {
        Client.Answer page = client.get("/tables/raw.products");
        assertEquals(200, page.status(), page.body());
        assertTrue(page.body().contains("Column colour added, String"), page.body());
        assertTrue(page.body().contains("77 B"), page.body());
    }

    @Test
    void aClickHouseThatIsAwayIsToldAndHoldsNothingUp() throws Exception {
        FakeDbt dbt = FakeDbt.in(folder.resolve("away"));
        try (Webhook alone = dbt.webhook(Map.of(
                "CLICKHOUSE_HOST",
                "127.0.0.1",
                "CLICKHOUSE_HTTP_PORT",
                "1",
                "CLICKHOUSE_USER",
                "u",
                "CLICKHOUSE_PASSWORD",
                "p"))) {
            Client.Answer page = new Client(alone.port()).get("/");
            assertEquals(200, page.status());
            assertTrue(page.body().contains("ClickHouse does not answer at http://127.0.0.1:1/."), page.body());
        }
    }
}
