package millrace.generator.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.Javalin;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import millrace.contract.settings.Environment;
import millrace.contract.settings.PostgresSettings;
import millrace.generator.config.ApiSettings;
import millrace.generator.store.Store;
import millrace.service.Json;

/** An order API of a test's own, and a client for it. */
final class Api implements AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Javalin server;

    private Api(Javalin server) {
        this.server = server;
    }

    /** @param source the STORE variables, and those of the API that are not as usual */
    static Api start(Map<String, String> source, Duration patience) {
        Environment environment = new Environment(source);
        ApiSettings usual = ApiSettings.read(environment);
        ApiSettings settings = new ApiSettings("127.0.0.1", 0, usual.token(), usual.hosts());
        PostgresSettings database = PostgresSettings.read("STORE", environment);
        environment.refuseProblems();
        return new Api(OrderApi.create(settings, new Store(database), patience).start());
    }

    int port() {
        return server.port();
    }

    record Answer(int status, String body, HttpResponse<?> response) {
        JsonNode json() throws IOException {
            return Json.readTree(body.getBytes(StandardCharsets.UTF_8));
        }

        String code() throws IOException {
            return json().path("code").asText();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    Answer post(String path, String body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path).POST(BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body(), response);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
    }

    /** Sends bytes as they are and keeps the connection. */
    Socket connect(String bytes) throws IOException {
        Socket socket = new Socket("127.0.0.1", port());
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    /** All that is answered to these bytes. */
    String raw(String bytes) throws IOException {
        try (Socket socket = connect(bytes)) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
