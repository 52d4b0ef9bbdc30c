package millrace.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs as server-sent events. */
class LogStreamTest {
    @TempDir
    Path folder;

    private FakeDbt dbt;
    private Webhook webhook;
    private Client client;

    @BeforeEach
    void start() throws Exception {
        dbt = FakeDbt.in(folder).does("while [ ! -e go ]; do sleep 0.05; done; echo 'last €'; " + FakeDbt.GREEN);
        webhook = dbt.webhook();
        client = new Client(webhook.port());
    }

    @AfterEach
    void stop() throws Exception {
        webhook.close();
    }

    @Test
    void linesComeAsTheyAreWrittenAndEndWithTheRun() throws Exception {
        String run = client.post("/webhook").json().path("run_id").asText();
        List<CompletableFuture<List<String>>> followers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            followers.add(follow(run, null));
        }
        Eventually.holds(
                "the log has begun",
                () -> !client.get("/api/v1/runs/" + run + "/logs").body().isEmpty());
        assertEquals(200, client.get("/status").status(), "whoever follows a log is in nobody's way");
        Files.createFile(folder.resolve("project/go"));
        List<String> expected = List.of(
                "id: 30",
                "data: 10:00:00  Running with a fake",
                "id: 39",
                "data: last €",
                "event: end",
                "data: success");
        for (CompletableFuture<List<String>> follower : followers) {
            assertEquals(expected, follower.join());
        }
        assertEquals(expected.subList(2, 6), follow(run, "30").join(), "it goes on behind the last event");
        assertEquals(expected.subList(4, 6), follow(run, "39").join());
    }

    @Test
    void whatIsNotThereIsAProblem() throws Exception {
        assertEquals(
                404,
                client.get("/api/v1/runs/20261121T072008123Z-3f9a/logs/stream").status());
        assertEquals(404, client.get("/api/v1/runs/nope/logs/stream").status());
    }

    @Test
    void theWebhookStopsWhileLogsAreFollowed() throws Exception {
        String run = client.post("/webhook").json().path("run_id").asText();
        CompletableFuture<List<String>> follower = follow(run, null);
        Eventually.holds(
                "the log has begun",
                () -> !client.get("/api/v1/runs/" + run + "/logs").body().isEmpty());
        webhook.close();
        List<String> events = follower.join();
        assertTrue(events.contains("event: end"), events.toString());
    }

    private CompletableFuture<List<String>> follow(String run, String last) {
        var request = client.request("/api/v1/runs/" + run + "/logs/stream");
        if (last != null) {
            request.header("Last-Event-ID", last);
        }
        return client.http()
                .sendAsync(request.GET().build(), BodyHandlers.ofLines())
                .thenApply(response -> lines(response.body()));
    }

    private static List<String> lines(Stream<String> body) {
        return body.filter(line -> !line.isEmpty()).toList();
    }
}
