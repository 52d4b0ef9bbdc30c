package millrace.loader.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/** The real ClickHouse engine, the same for all tests of the JVM. */
public final class TestClickHouse {
    public static final String USER = "default";
    /** Every kind of character that some syntax on the way might take for its own. */
    public static final String PASSWORD = "p@s:w/r%20d+ $$x{{y}}#1;\"'&<>\\[]~`*?= !";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final TestClickHouse SERVER = new TestClickHouse();

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port = FreePort.find();
    private final Path data;
    private Process process;

    private TestClickHouse() {
        try {
            data = Files.createTempDirectory("millrace-clickhouse");
            start();
            Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server of a test's own, to do with as it likes. */
    public static TestClickHouse another() {
        return new TestClickHouse();
    }

    /** Ends the server at once, whatever it is doing. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    public static TestClickHouse server() {
        return SERVER;
    }

    public int port() {
        return port;
    }

    /** Starts the server with the data it had before. */
    public void start() {
        try {
            process = launch();
            awaitAnswer();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Process launch() throws IOException {
        String python = System.getenv("MILLRACE_CLICKHOUSE_PYTHON");
        if (python == null) {
            throw new IllegalStateException("MILLRACE_CLICKHOUSE_PYTHON must name a Python that has"
                    + " clickhouse/embedded/requirements.lock installed");
        }
        ProcessBuilder builder = new ProcessBuilder(
                python, "-m", "millrace_clickhouse", "--host", "127.0.0.1", "--port", "" + port, "--path", "" + data);
        builder.environment()
                .put(
                        "PYTHONPATH",
                        Path.of("../clickhouse/embedded/src").toAbsolutePath().toString());
        builder.environment().put("CLICKHOUSE_USER", USER);
        builder.environment().put("CLICKHOUSE_PASSWORD", PASSWORD);
        builder.redirectErrorStream(true)
                .redirectOutput(data.resolve("server.log").toFile());
        return builder.start();
    }

    public void stop() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
    }

    private void awaitAnswer() throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        HttpRequest ping = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/ping"))
                .build();
        while (process.isAlive() && Instant.now().isBefore(end)) {
            try {
                client.send(ping, HttpResponse.BodyHandlers.ofString());
                return;
            } catch (IOException e) {
                Thread.sleep(100);
            }
        }
        throw new IllegalStateException("ClickHouse did not start");
    }

    /** The result of a statement as TabSeparatedRaw, without the line feed at its end. */
    public String query(String statement) {
        return new String(bytes(statement), UTF_8).replaceFirst("\n$", "");
    }

    /** The result of a statement, TabSeparatedRaw unless it names a format. */
    public byte[] bytes(String statement) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/?default_format=TabSeparatedRaw"))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString(statement))
                .build();
        try {
            HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(new String(response.body(), UTF_8));
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public List<String> lines(String query) {
        return query(query).lines().toList();
    }
}
