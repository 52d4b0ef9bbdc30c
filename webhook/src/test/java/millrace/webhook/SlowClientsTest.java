package millrace.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that do not finish what they have begun. */
class SlowClientsTest {
    private static final String HALF = "POST /webhook HTTP/1.1\r\nHost: localhost\r\n"
            + "Content-Type: application/json\r\nContent-Length: 24\r\n\r\n{\"pipeline\":";

    @TempDir
    Path folder;

    private FakeDbt dbt;
    private Webhook webhook;
    private final List<RawClient> held = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        dbt = FakeDbt.in(folder);
        webhook = dbt.webhook();
    }

    @AfterEach
    void stop() throws Exception {
        for (RawClient client : held) {
            client.close();
        }
        webhook.close();
    }

    @Test
    void halfRequestsHoldNobodyUp() throws Exception {
        for (int client = 0; client < 200; client++) {
            hold(HALF);
            hold("POST /webhook HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{");
            hold("GET /status HT");
        }
        Client client = new Client(webhook.port());
        assertEquals(200, client.get("/health").status());
        assertEquals(200, client.post("/webhook/manual").status());
    }

    @Test
    void readersWhoDoNotReadLeaveRoomForHealth() throws Exception {
        String run = new Client(webhook.port())
                .post("/webhook/manual")
                .json()
                .path("run_id")
                .asText();
        Path page = folder.resolve("state/docs/" + run + ".html");
        Files.createDirectories(page.getParent());
        Files.write(page, new byte[32 << 20]);
        for (int client = 0; client < 100; client++) {
            hold("GET /dbt-docs/ HTTP/1.1\r\nHost: localhost\r\n\r\n");
        }
        assertEquals(200, new Client(webhook.port()).get("/health").status());
    }

    @Test
    void aBodyInPiecesIsReadAsAWhole() throws Exception {
        RawClient client = hold(HALF.replace("\r\nContent-Type", "\r\nConnection: close\r\nContent-Type"));
        Thread.sleep(100);
        client.send("\"ecommerce\"}".substring(0, 5));
        Thread.sleep(100);
        client.send("\"ecommerce\"}".substring(5));
        assertTrue(client.rest().startsWith("HTTP/1.1 202"));
    }

    @Test
    @Tag("integration")
    void aBodyThatTakesTooLongAndAHeadThatNeverEndsAreEnded() throws Exception {
        RawClient body = hold(HALF);
        RawClient head = hold("GET /status HTTP/1.1\r\n");
        RawClient later = hold("GET /status HTTP/1.1\r\nHost: localhost\r\n\r\nGET /sta");
        Thread drip = new Thread(() -> {
            try {
                while (true) {
                    Thread.sleep(1000);
                    body.send(" ");
                    head.send("X");
                    later.send("X");
                }
            } catch (IOException | InterruptedException e) {
                // They are ended.
            }
        });
        drip.setDaemon(true);
        drip.start();
        String answer = body.rest();
        assertTrue(answer.startsWith("HTTP/1.1 4"), answer);
        assertTrue(answer.contains("body_too_slow") || answer.contains("bad_json"), answer);
        assertEquals("", ended(head));
        assertTrue(ended(later).startsWith("HTTP/1.1 200"));
    }

    private static String ended(RawClient client) {
        try {
            return client.rest();
        } catch (IOException e) {
            return ""; // Reset is an end, too.
        }
    }

    private RawClient hold(String bytes) throws IOException {
        RawClient client = RawClient.to(webhook.port()).send(bytes);
        held.add(client);
        return client;
    }
}
