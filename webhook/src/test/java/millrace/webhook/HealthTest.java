package millrace.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthTest {
    @TempDir
    Path folder;

    @Test
    void itIsHealthyUntilSomethingIsInTheWayOfARun() throws Exception {
        FakeDbt dbt = FakeDbt.in(folder);
        try (Webhook webhook = dbt.webhook()) {
            Client client = new Client(webhook.port());
            assertEquals("healthy", client.get("/health").json().path("status").asText());
            Files.delete(folder.resolve("dbt"));
            Files.delete(folder.resolve("project/dbt_project.yml"));
            Client.Answer answer = client.get("/health");
            assertEquals(503, answer.status());
            assertEquals(
                    "DBT_EXECUTABLE does not name a program. DBT_PROJECT_DIR holds no dbt_project.yml.",
                    answer.json().path("error").path("message").asText());
            assertFalse(Files.exists(folder.resolve("project/calls")), "health does not start dbt");
        }
    }
}
