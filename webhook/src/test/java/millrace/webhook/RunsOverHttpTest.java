package millrace.webhook;

import static millrace.webhook.FakeDbt.ENDLESS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import millrace.service.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsOverHttpTest {
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
    void aManualRunWaitsAndTellsTheOutcomeModelByModel() throws Exception {
        Client.Answer answer = client.post("/webhook/manual");
        assertEquals(200, answer.status());
        JsonNode body = answer.json();
        assertEquals("success", body.path("outcome").asText());
        assertEquals("ecommerce", body.path("pipeline").asText());
        assertEquals(1, body.path("summary").path("pass").asInt());
        assertEquals(
                Json.readTree(
                        "{\"name\":\"stg_orders\",\"type\":\"model\",\"status\":\"success\",\"seconds\":0.5,\"message\":\"said\"}"
                                .getBytes()),
                body.path("models").path(0));
        assertTrue(dbt.calls().startsWith("build --select path:models/ecommerce --project-dir "), dbt.calls());
    }

    @Test
    void aRedRunIsA500WithTheSameBody() throws Exception {
        dbt.does(FakeDbt.RED);
        Client.Answer answer = client.post("/webhook/manual", "application/json", "{\"pipeline\":\"ecommerce\"}");
        assertEquals(500, answer.status());
        assertEquals("failed", answer.json().path("outcome").asText());
        assertEquals(
                "error", answer.json().path("models").path(0).path("status").asText());
        assertEquals(
                "1 of 1 nodes failed: stg_orders.",
                answer.json().path("error").path("message").asText());
    }

    @Test
    void oldResultsAreNeverTakenForNewOnes() throws Exception {
        client.post("/webhook/manual");
        dbt.does("echo 'Encountered an error:'; echo 'no profile'; exit 2");
        JsonNode body = client.post("/webhook/manual").json();
        assertEquals(0, body.path("models").size());
        assertEquals("dbt_error", body.path("error").path("code").asText());
        assertEquals(
                "dbt ended with exit code 2: no profile",
                body.path("error").path("message").asText());
    }

    @Test
    void aDbtThatCannotStartIsAFailedRun() throws Exception {
        dbt.does("").folder().resolve("dbt").toFile().delete();
        JsonNode body = client.post("/webhook/manual").json();
        assertEquals("failed", body.path("outcome").asText());
        assertFalse(body.path("error").path("message").asText().isEmpty());
    }

    @Test
    void theApiStartsARunAndFollowsItToItsEnd() throws Exception {
        dbt.does("while [ ! -e go ]; do sleep 0.05; done; echo last; " + FakeDbt.GREEN);
        Client.Answer started = client.post("/api/v1/runs", "application/json", "{\"pipeline\":\"ecommerce\"}");
        assertEquals(202, started.status());
        assertEquals("running", started.json().path("state").asText());
        String address = started.header("Location");
        assertEquals("/api/v1/runs/" + started.json().path("run_id").asText(), address);
        Eventually.holds(
                "the log has begun", () -> !client.get(address + "/logs").body().isEmpty());
        Client.Answer log = client.get(address + "/logs?offset=0");
        assertEquals("10:00:00  Running with a fake\n", log.body());
        assertEquals("running", log.header("X-Run-State"));
        Files.createFile(folder.resolve("project/go"));
        Eventually.holds("the run has ended", () -> client.get(address).body().contains("success"));
        Client.Answer rest = client.get(address + "/logs?offset=" + log.header("X-Next-Offset"));
        assertEquals("last\n", rest.body());
        assertEquals("success", rest.header("X-Run-State"));
        assertEquals(416, client.get(address + "/logs?offset=999").status());
        assertEquals(400, client.get(address + "/logs?offset=-1").status());
    }

    @Test
    void aSecondRunIsToldOfTheFirst() throws Exception {
        dbt.does(ENDLESS);
        Client.Answer first = client.post("/webhook");
        assertEquals(202, first.status());
        for (String path : new String[] {"/webhook", "/webhook/manual"}) {
            Client.Answer second = client.post(path);
            assertEquals(409, second.status());
            assertEquals(first.json().path("run_id"), second.json().path("run_id"));
            assertEquals("run_active", second.json().path("error").path("code").asText());
        }
        JsonNode status = client.get("/status").json();
        assertEquals("running", status.path("state").asText());
        assertEquals(first.json().path("run_id"), status.path("current").path("run_id"));
    }

    @Test
    void ofManyAtOnceExactlyOneRuns() throws Exception {
        dbt.does("while [ ! -e go ]; do sleep 0.05; done; " + FakeDbt.GREEN);
        List<CompletableFuture<Client.Answer>> answers = IntStream.range(0, 20)
                .mapToObj(i -> client.postLater("/webhook/manual"))
                .toList();
        Eventually.holds("all but one are answered", () -> count(answers, 409) == 19);
        Files.createFile(folder.resolve("project/go"));
        Eventually.holds("the one that ran is answered", () -> count(answers, 200) == 1);
        assertEquals(1, dbt.calls().lines().count());
    }

    private static long count(List<CompletableFuture<Client.Answer>> answers, int status) {
        return answers.stream()
                .filter(CompletableFuture::isDone)
                .filter(answer -> answer.join().status() == status)
                .count();
    }

    @Test
    void aClientThatGoesAwayDoesNotEndTheRun() throws Exception {
        dbt.does("touch begun; sleep 0.5; " + FakeDbt.GREEN);
        try (Socket socket = new Socket("127.0.0.1", webhook.port())) {
            socket.getOutputStream()
                    .write("POST /webhook/manual HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n".getBytes());
            Eventually.holds(
                    "dbt has begun",
                    () -> folder.resolve("project/begun").toFile().exists());
        }
        Eventually.holds("the run has ended", () -> client.get("/status").body().contains("idle"));
        assertEquals(
                "success",
                client.get("/status").json().path("last").path("state").asText());
    }

    @Test
    void stoppingEndsDbtAndAnswersWhoWaits() throws Exception {
        dbt.does(ENDLESS);
        CompletableFuture<Client.Answer> waiting = client.postLater("/webhook/manual");
        ProcessHandle process = dbt.process();
        webhook.close();
        assertFalse(process.isAlive());
        assertEquals(500, waiting.join().status());
        assertEquals(
                "webhook_stopped",
                waiting.join().json().path("error").path("code").asText());
    }

    @Test
    void docsAreMadeOnceAfterAGreenRun() throws Exception {
        assertEquals(404, client.get("/dbt-docs/").status());
        client.post("/webhook/manual");
        for (int visit = 0; visit < 3; visit++) {
            Client.Answer page = client.get("/dbt-docs/");
            assertEquals("<html>docs</html>\n", page.body());
            assertTrue(page.header("Content-Type").startsWith("text/html"));
        }
        assertEquals(
                1, dbt.calls().lines().filter(call -> call.startsWith("docs ")).count());
        client.post("/webhook/manual");
        client.get("/dbt-docs/");
        Eventually.holds(
                "the docs are made again",
                () -> dbt.calls()
                                .lines()
                                .filter(call -> call.startsWith("docs "))
                                .count()
                        == 2);
    }
}
