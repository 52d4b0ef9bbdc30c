package millrace.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The embedded ClickHouse server, on a free port and in a folder of the test's own. */
record EmbeddedClickHouse(Process process, int port) {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String USER = "default";
    /** Every kind of character that some syntax on the way might take for its own. */
    private static final String PASSWORD = "p@s:w/r%20d+ $$x{{y}}#1;\"'&<>\\[]~`*?= !";

    static EmbeddedClickHouse start(Path folder) throws IOException, InterruptedException {
        int port = freePort();
        Files.createDirectories(folder);
        ProcessBuilder builder = new ProcessBuilder(
                        required("MILLRACE_CLICKHOUSE_PYTHON"),
                        "-m",
                        "millrace_clickhouse",
                        "--host",
                        "127.0.0.1",
                        "--port",
                        String.valueOf(port),
                        "--path",
                        folder.resolve("data").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("printed").toFile());
        builder.environment()
                .put("PYTHONPATH", ROOT.resolve("clickhouse/embedded/src").toString());
        builder.environment().putAll(credentials(port));
        EmbeddedClickHouse server = new EmbeddedClickHouse(builder.start(), port);
        Eventually.holds("ClickHouse answers", () -> server.query("SELECT 1").equals("1"));
        return server;
    }

    /** What a webhook needs to run the project's models against this server. */
    Map<String, String> webhookEnvironment(Path folder) {
        Map<String, String> environment = new HashMap<>(credentials(port));
        environment.put("WEBHOOK_PORT", "0");
        environment.put("WEBHOOK_STATE", folder.resolve("state").toString());
        environment.put("MILLRACE_PIPELINES", ROOT.resolve("pipelines").toString());
        environment.put("DBT_PROJECT_DIR", ROOT.resolve("dbt").toString());
        environment.put("DBT_EXECUTABLE", required("DBT_EXECUTABLE"));
        return environment;
    }

    /** Puts the shop's sample data into raw tables, as a load would leave them. */
    void loadShop() throws IOException, InterruptedException {
        for (String statement : resource("shop-raw.sql").split(";\\s*\n")) {
            query(statement);
        }
        String data = Files.readString(ROOT.resolve("postgres/init/ecommerce/02-data.sql"));
        for (String statement : data.split(";\\s*\n")) {
            int insert = statement.indexOf("INSERT INTO ");
            if (insert >= 0) {
                query(statement.substring(insert).replaceFirst("INSERT INTO ", "INSERT INTO raw."));
            }
        }
        for (String table : new String[] {"customers", "products", "orders", "order_items"}) {
            query(
                    ("INSERT INTO millrace.loads SELECT 'run', 'ecommerce', 'raw.%1$s', 'public.%1$s', 'full', now64(6), now64(6),"
                                    + " count() AS n, n, 0, 0, 0, 'done', '' FROM raw.%1$s")
                            .formatted(table));
        }
    }

    Map<String, String> credentials() {
        return credentials(port);
    }

    String query(String sql) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString(sql))
                .build();
        var response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(response.body());
        }
        return response.body().strip();
    }

    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    private static Map<String, String> credentials(int port) {
        return Map.of(
                "CLICKHOUSE_HOST",
                "127.0.0.1",
                "CLICKHOUSE_HTTP_PORT",
                String.valueOf(port),
                "CLICKHOUSE_USER",
                USER,
                "CLICKHOUSE_PASSWORD",
                PASSWORD);
    }

    private static String resource(String name) throws IOException {
        try (var stream = EmbeddedClickHouse.class.getResourceAsStream("/" + name)) {
            return new String(stream.readAllBytes());
        }
    }

    private static String required(String name) {
        String value = System.getenv(name);
        if (value == null) {
            throw new IllegalStateException(name + " is not set; see webhook/README.md");
        }
        return value;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
