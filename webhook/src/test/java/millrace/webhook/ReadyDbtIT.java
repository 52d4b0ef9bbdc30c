package millrace.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dbt that waits for its run: the run is the one it would have been, whatever has happened in between. */
@Tag("integration")
class ReadyDbtIT {
    private static final String RUN = """
            {"pipeline": "ecommerce", "command": "run", "select": ["stg_customers"]}""";

    @TempDir
    Path folder;

    private EmbeddedClickHouse clickHouse;
    private WebhookProcess webhook;
    private Path project;

    @BeforeEach
    void start() throws Exception {
        clickHouse = EmbeddedClickHouse.start(folder.resolve("clickhouse"));
        clickHouse.loadShop();
        Map<String, String> environment = clickHouse.webhookEnvironment(folder);
        project = copied(Path.of(environment.get("DBT_PROJECT_DIR")));
        environment.put("DBT_PROJECT_DIR", project.toString());
        webhook = WebhookProcess.start(folder.resolve("printed"), environment);
    }

    @AfterEach
    void stop() throws Exception {
        webhook.stop();
        clickHouse.stop();
    }

    @Test
    void aRunIsWhatTheProjectSaysNow() throws Exception {
        Eventually.holds("a dbt waits", () -> !waiting().isEmpty());
        succeed();
        assertEquals(1, taken());
        Path model = project.resolve("models/ecommerce/staging/stg_customers.sql");
        Eventually.holds("another one waits", () -> hasParsed() && !waiting().isEmpty());
        Files.writeString(
                model, Files.readString(model).replace("        customer_id,", "        7 AS seven, customer_id,"));
        succeed();
        assertEquals(2, taken());
        assertEquals("7", clickHouse.query("SELECT max(seven) FROM analytics.stg_customers"));
    }

    @Test
    void oneThatDiedIsDoneWithout() throws Exception {
        Eventually.holds("a dbt waits", () -> !waiting().isEmpty());
        List<ProcessHandle> dead = waiting();
        dead.forEach(ProcessHandle::destroyForcibly);
        Eventually.holds("it is gone", () -> dead.stream().noneMatch(ProcessHandle::isAlive));
        succeed();
        assertEquals(0, taken());
        Eventually.holds("another one waits", () -> !waiting().isEmpty());
        List<ProcessHandle> next = waiting();
        webhook.process().destroyForcibly().waitFor();
        Eventually.holds("it ends with the webhook", () -> next.stream().noneMatch(ProcessHandle::isAlive));
    }

    private void succeed() throws Exception {
        Client client = webhook.client();
        Client.Answer begun = client.post("/api/v1/runs", "application/json", RUN);
        assertEquals(202, begun.status(), begun.body());
        String run = "/api/v1/runs/" + begun.json().path("run_id").asText();
        Eventually.holds(
                "the run ends",
                () -> !client.get(run).json().path("finished_at").asText("").isEmpty());
        assertEquals(
                "success",
                client.get(run).json().path("state").asText(),
                client.get(run + "/logs").body());
        for (String artifact : List.of("manifest.json", "run_results.json")) {
            assertEquals(200, client.get(run + "/artifacts/" + artifact).status(), artifact);
        }
        assertTrue(client.get(run + "/logs").body().contains("Completed successfully"));
        assertFalse(client.get(run).json().path("models").isEmpty());
    }

    private int taken() throws IOException {
        return webhook.text().split("was ready and is the run").length - 1;
    }

    private boolean hasParsed() {
        return Files.exists(folder.resolve("state/ready/target/manifest.json"));
    }

    /** The processes of this webhook that wait. */
    private List<ProcessHandle> waiting() {
        String ready = folder.resolve("state/ready").toString();
        return ProcessHandle.allProcesses()
                .filter(process -> Arrays.stream(process.info().arguments().orElse(new String[0]))
                        .anyMatch(argument -> argument.startsWith(ready)))
                .toList();
    }

    private Path copied(Path original) throws IOException {
        Path copy = folder.resolve("dbt");
        try (Stream<Path> files = Files.walk(original)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path relative = original.relativize(file);
                if (!relative.startsWith("target") && !relative.startsWith("logs")) {
                    Files.createDirectories(copy.resolve(relative).getParent());
                    Files.copy(file, copy.resolve(relative));
                }
            }
        }
        return copy;
    }
}
