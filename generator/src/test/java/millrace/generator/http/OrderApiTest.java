package millrace.generator.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import millrace.service.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the API says before it needs the database, which isn't there. */
class OrderApiTest {
    private static final Map<String, String> NO_DATABASE = Map.of(
            "STORE_HOST",
            "127.0.0.1",
            "STORE_PORT",
            "1",
            "STORE_DB",
            "store_db",
            "STORE_USER",
            "store",
            "STORE_PASSWORD",
            "hush hush",
            "ORDER_API_TOKEN",
            "the token");
    private static final String[] TOKEN = {"Authorization", "Bearer the token"};

    private static Api api;

    @BeforeAll
    static void start() {
        api = Api.start(NO_DATABASE, Duration.ofSeconds(2));
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /nope, 404, not-found",
        "GET, /orders/nope, 404, not-found",
        "GET, /generate_order, 405, method-not-allowed",
        "PUT, /orders, 401, token-needed",
        "GET, /%zz, 400, bad-request",
        "GET, /orders?limit=501, 400, bad-query",
        "GET, /orders?before=x, 400, bad-query",
        "GET, /products?limit=1&limit=2, 400, bad-query",
        "GET, /customers?page=2, 400, bad-query",
        "GET, /orders/1?before=2, 400, bad-query",
        "GET, /health, 503, postgres-unreachable",
        "GET, /customers, 503, postgres-unreachable",
    })
    void everyProblemHasOneForm(String method, String path, int status, String code) throws Exception {
        String answer = api.raw(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertEquals("HTTP/1.1 " + status, answer.substring(0, 12));
        assertTrue(answer.contains("Content-Type: application/problem+json"), answer);
        var body = Json.readTree(answer.substring(answer.indexOf('{')).getBytes());
        assertEquals(code, body.path("code").asText());
        assertEquals("urn:millrace:problem:" + code, body.path("type").asText());
        assertEquals(status, body.path("status").asInt());
        for (String field : List.of("title", "detail", "hint")) {
            assertFalse(body.path(field).asText().isBlank(), field);
        }
        assertFalse(answer.contains("hush"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Host: evil.example\r\n", "Host: 127.0.0.1.evil.example:8000\r\n"})
    void namesOfOthersAreRefused(String host) throws Exception {
        String answer = api.raw("GET /orders HTTP/1.0\r\n" + host + "\r\n");
        assertEquals("HTTP/1.1 421", answer.substring(0, 12));
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, http://evil.example",
        "Origin, null",
        "Origin, http://127.0.0.1:1",
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
    })
    void pagesOfOthersAreRefused(String header, String value) throws Exception {
        assertEquals(
                "foreign-origin", api.post("/generate_order", "", header, value).code());
    }

    @Test
    void theTokenIsNeededAndNothingElse() throws Exception {
        assertEquals("token-needed", api.post("/generate_order", "").code());
        assertEquals(
                401,
                api.post("/generate_order", "", "Authorization", "Bearer the tokem")
                        .status());
        String own = "http://127.0.0.1:" + api.port();
        assertEquals(
                503,
                api.post("/generate_order", "", TOKEN[0], TOKEN[1], "Origin", own, "Sec-Fetch-Site", "same-origin")
                        .status());
    }

    @Test
    void bodiesThatAreNotUnderstood() throws Exception {
        String[] json = {TOKEN[0], TOKEN[1], "Content-Type", "application/json"};
        assertEquals("not-json", api.post("/generate_order", "{}", TOKEN).code());
        assertEquals("bad-json", api.post("/generate_order", "{", json).code());
        assertEquals(
                "body-too-large",
                api.post("/generate_order", " ".repeat(20_000), json).code());
    }

    @Test
    void aQueryThatNothingHeedsIsRefused() throws Exception {
        Api.Answer answer = api.post("/generate_order?customer_id=1", "", TOKEN);
        assertEquals(400, answer.status());
        assertEquals("bad-query", answer.code());
        assertTrue(
                answer.body().contains("There is no parameter \\\"customer_id\\\"; this address has none."),
                answer.body());
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, gzip, 415",
        "application/json; charset=iso-8859-1, identity, 415",
        "'application/json; profile=a; charset=\"utf-16\"', identity, 415",
        "text/plain, identity, 415",
        "application/json;charset=UTF-8, identity, 503",
        "'APPLICATION/JSON; charset=\"utf-8\"', Identity, 503",
    })
    void bodiesAreJsonAsTheyCame(String type, String encoding, int status) throws Exception {
        Api.Answer answer = api.post(
                "/generate_order", "{}", TOKEN[0], TOKEN[1], "Content-Type", type, "Content-Encoding", encoding);
        assertEquals(status, answer.status(), answer.body());
    }

    @Test
    void aBodyOfAnySizeGetsItsAnswer() throws Exception {
        String head = "POST /generate_order HTTP/1.1\r\nHost: localhost\r\nContent-Length: ";
        for (String request : List.of(head + "900000\r\n\r\n" + " ".repeat(900_000), head + "9999999999\r\n\r\n")) {
            assertTrue(api.raw(request).contains("body-too-large"));
        }
    }

    @Test
    void aBodyWithoutALengthIsBounded() throws Exception {
        String chunk = "4000\r\n" + " ".repeat(0x4000) + "\r\n";
        String answer =
                api.raw("POST /generate_order HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer the token\r\n"
                        + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk + chunk
                        + "0\r\n\r\n");
        assertEquals("HTTP/1.1 413", answer.substring(0, 12));
    }

    @Test
    void halfRequestsSilenceNobodyAndEnd() throws Exception {
        List<Socket> half = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            half.add(api.connect("POST /generate_order HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{"));
            half.add(api.connect("POST /generate_order HTTP/1.1\r\nHost:"));
        }
        assertEquals(200, api.get("/openapi.json").status());
        for (Socket socket : half) {
            awaitEnd(socket);
        }
    }

    @Test
    void requestsThatDripEnd() throws Exception {
        dripUntilTheEnd(
                api.connect("POST /generate_order HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9999\r\n\r\n{"));
        dripUntilTheEnd(api.connect("GET /orders HTTP/1.1\r\nHost: localhost\r\nX-Drip: "));
    }

    private static void dripUntilTheEnd(Socket socket) throws Exception {
        // Its end shows as a refused write.
        try (socket) {
            while (true) {
                socket.getOutputStream().write(' ');
                Thread.sleep(50);
            }
        } catch (SocketException end) {
            assertFalse(end.getMessage().isEmpty());
        }
    }

    @Test
    void aLateBodyIsTold() throws Exception {
        String answer = api.raw("POST /generate_order HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{");
        assertEquals("HTTP/1.1 408", answer.substring(0, 12));
        assertTrue(answer.contains("too-slow"), answer);
    }

    private static void awaitEnd(Socket socket) throws Exception {
        try (socket) {
            socket.getInputStream().readAllBytes();
        } catch (SocketException end) {
            assertFalse(end.getMessage().isEmpty());
        }
    }

    @Test
    void theDocumentDescribesEveryAddress() throws Exception {
        var paths = api.get("/openapi.json").json().path("paths");
        List<String> known = new ArrayList<>();
        paths.fieldNames().forEachRemaining(known::add);
        assertEquals(
                List.of("/generate_order", "/orders", "/orders/{id}", "/customers", "/products", "/health"), known);
        for (String path : known) {
            String method = paths.path(path).fieldNames().next();
            Api.Answer answer = method.equals("post") ? api.post(path, "", TOKEN) : api.get(path.replace("{id}", "1"));
            assertEquals(503, answer.status(), path);
            assertTrue(paths.path(path).path(method).path("responses").has("503"), path);
        }
    }

    @Test
    void thePageNeedsNothingFromElsewhere() throws Exception {
        for (String path : List.of("/docs", "/docs/docs.js", "/docs/docs.css")) {
            Api.Answer answer = api.get(path);
            assertEquals(200, answer.status());
            assertFalse(answer.body().matches("(?s).*(https?:)?//[a-z].*"), path);
            assertTrue(answer.header("Content-Security-Policy").startsWith("default-src 'none'; script-src 'self'"));
        }
    }
}
