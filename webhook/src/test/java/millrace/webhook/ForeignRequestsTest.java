package millrace.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages of other sites may make a browser send. */
class ForeignRequestsTest {
    @TempDir
    static Path folder;

    private static Webhook webhook;

    @BeforeAll
    static void start() throws Exception {
        webhook = FakeDbt.in(folder).webhook(Map.of("WEBHOOK_ALLOWED_HOSTS", "webhook,dbt.example"));
    }

    @AfterAll
    static void stop() throws Exception {
        webhook.close();
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, 200",
        "LOCALHOST:5001, 200",
        "127.0.0.1:5001, 200",
        "[::1]:5001, 200",
        "192.168.1.7, 200",
        "webhook:5000, 200",
        "Dbt.Example, 200",
        "rebound.example, 403",
        "127.0.0.1.rebound.example, 403",
        "localhost.rebound.example, 403",
        "webhook.rebound.example:5001, 403",
        "1.2.3, 403",
    })
    void onlyItsOwnNamesAreAnswered(String host, int status) throws Exception {
        assertEquals(status, status("GET /status HTTP/1.1\r\nHost: " + host + "\r\n"));
        assertEquals(status, status("GET /health HTTP/1.1\r\nHost: " + host + "\r\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: https://news.example",
                "Origin: null",
                "Origin: http://localhost:9999",
                "Origin: http://localhost.news.example",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site",
                "Origin: http://localhost\r\nSec-Fetch-Site: cross-site",
            })
    void noOtherSiteChangesAnything(String headers) throws Exception {
        for (String request : new String[] {
            "POST /webhook",
            "POST /webhook/manual",
            "POST /api/v1/runs",
            "POST /api/v1/runs/20261121T072008123Z-3f9a/cancel"
        }) {
            String answer = ask(request + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\nContent-Length: 0\r\n");
            assertTrue(answer.startsWith("HTTP/1.1 403"), answer);
            assertTrue(answer.contains("\"foreign_origin\""), answer);
        }
        assertTrue(ask("GET /api/v1/runs HTTP/1.1\r\nHost: localhost\r\n").contains("{\"runs\":[]}"));
    }

    @Test
    void itsOwnPagesAndProgramsMay() throws Exception {
        String own = "\r\nOrigin: http://localhost:5001\r\nSec-Fetch-Site: same-origin\r\nContent-Length: 0\r\n";
        assertEquals(
                404,
                status("POST /api/v1/runs/20261121T072008123Z-3f9a/cancel HTTP/1.1\r\nHost: localhost:5001" + own));
        assertEquals(
                404,
                status(
                        "POST /api/v1/runs/20261121T072008123Z-3f9a/cancel HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: localhost\r\n",
                "GET /status HTTP/1.1\r\nHost: localhost\r\n",
                "GET /nope HTTP/1.1\r\nHost: localhost\r\n",
                "GET / HTTP/1.1\r\nHost: rebound.example\r\n",
                "GET /%zz HTTP/1.1\r\nHost: localhost\r\n",
                "POST /webhook HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999\r\n",
            })
    void noAnswerCanBeFramedOrTakenForAnythingElse(String request) throws Exception {
        String answer = ask(request);
        for (String header : new String[] {
            "X-Frame-Options: DENY", "X-Content-Type-Options: nosniff", "frame-ancestors 'none'", "default-src 'none'"
        }) {
            assertTrue(answer.contains(header), answer);
        }
        assertTrue(!answer.contains("Server: Jetty"), answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /status HTTP/1.1\r\n",
                "GET /status HTTP/1.1\r\nHost: localhost\r\nHost: rebound.example\r\n",
                "GET http://rebound.example/status HTTP/1.1\r\nHost: localhost\r\n",
                "POST /webhook HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n",
                "POST /webhook HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nContent-Length: 3\r\n",
                "GET /status HTTP/1.1\r\nHost: localhost\r\nX: a\rb\r\n",
            })
    void requestsThatSayTwoThingsAreRefused(String request) throws Exception {
        assertEquals(4, status(request) / 100);
    }

    private static int status(String head) throws Exception {
        return Integer.parseInt(ask(head).substring(9, 12));
    }

    private static String ask(String head) throws Exception {
        return RawClient.ask(webhook.port(), head + "Connection: close\r\n\r\n");
    }
}
