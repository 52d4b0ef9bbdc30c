package millrace.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import millrace.service.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadRequestTest {
    private static final String JSON = "application/json";

    @TempDir
    static Path folder;

    private static Webhook webhook;
    private static Client client;

    @BeforeAll
    static void start() throws Exception {
        webhook = FakeDbt.in(folder).webhook();
        client = new Client(webhook.port());
    }

    @AfterAll
    static void stop() throws Exception {
        webhook.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /nope, 404, not_found",
        "GET, /api/v1/runs/nope, 404, unknown_run",
        "GET, /api/v1/runs/20261121T072008123Z-3f9a, 404, unknown_run",
        "GET, /api/v1/runs/..%2F..%2Flock, 404, unknown_run",
        "GET, /webhook/manual, 405, method_not_allowed",
        "DELETE, /health, 405, method_not_allowed",
        "GET, /%zz, 400, bad_request",
        "POST, /api/v1/runs, 400, empty_body",
    })
    void theErrorBodyIsAlwaysTheSame(String method, String path, int status, String code) throws Exception {
        try (var socket = new java.net.Socket("127.0.0.1", webhook.port())) {
            socket.getOutputStream()
                    .write((method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes());
            String answer = new String(socket.getInputStream().readAllBytes());
            assertEquals("HTTP/1.1 " + status, answer.substring(0, 12));
            assertError(
                    code, Json.readTree(answer.substring(answer.indexOf('{')).getBytes()));
        }
    }

    @Test
    void bodiesThatAreNotUnderstood() throws Exception {
        assertAnswer(415, "not_json", client.post("/webhook", "text/plain", "{}"));
        assertAnswer(400, "bad_json", client.post("/webhook", JSON, "{"));
        assertAnswer(400, "unknown_field", client.post("/webhook/manual", JSON, "{\"pipelin\":\"ecommerce\"}"));
        assertAnswer(404, "unknown_pipeline", client.post("/api/v1/runs", JSON, "{\"pipeline\":\"nope\"}"));
        assertAnswer(413, "body_too_large", client.post("/webhook", JSON, " ".repeat(20_000)));
    }

    /** The rest of a body that is refused must not take its answer with it. */
    @Test
    void theAnswerToABodyThatIsTooLargeArrives() throws Exception {
        for (int i = 0; i < 300; i++) {
            assertAnswer(413, "body_too_large", client.post("/webhook", JSON, " ".repeat(500_000)));
        }
    }

    @Test
    void aMethodThatIsNotAllowedNamesTheOnesThatAre() throws Exception {
        assertEquals("POST", client.get("/webhook").header("Allow"));
    }

    @Test
    void nothingWasRunByAllThis() throws Exception {
        bodiesThatAreNotUnderstood();
        assertEquals(0, client.get("/api/v1/runs").json().path("runs").size());
    }

    private static void assertAnswer(int status, String code, Client.Answer answer) throws Exception {
        assertEquals(status, answer.status());
        assertError(code, answer.json());
    }

    private static void assertError(String code, JsonNode body) {
        assertEquals(code, body.path("error").path("code").asText());
        assertFalse(body.path("error").path("message").asText().isBlank());
        assertFalse(body.path("error").path("hint").asText().isBlank());
    }
}
