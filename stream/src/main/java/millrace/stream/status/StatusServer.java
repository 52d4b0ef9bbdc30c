package millrace.stream.status;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import millrace.contract.failure.Failure;
import millrace.loader.report.Json;
import millrace.stream.run.FollowState;

/** Tells over HTTP how it goes, to programs of this machine: /health, /status and /metrics. */
public final class StatusServer implements AutoCloseable {
    private static final int OK = 200;
    private static final int NOT_ALLOWED = 405;
    private static final int UNAVAILABLE = 503;

    private final HttpServer server;
    private final ExecutorService executor = Executors.newFixedThreadPool(2, StatusServer::thread);

    private StatusServer(HttpServer server) {
        this.server = server;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "status");
        thread.setDaemon(true);
        return thread;
    }

    /** @param port 0 for any free one */
    public static StatusServer start(int port, FollowState state) {
        requireNonNull(state, "state is null");
        HttpServer http;
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw Failure.configuration(
                    "port-taken",
                    "The follower cannot tell of itself on port " + port + ": " + e.getMessage() + ".",
                    "Does another one run? Set another \"port\" under \"follow\" in the pipeline file.");
        }
        StatusServer server = new StatusServer(http);
        server.offer("/health", "application/json", () -> Json.of(state.json()), state::isHealthy);
        server.offer("/status", "application/json", () -> Json.of(state.json()), () -> true);
        server.offer("/metrics", "text/plain; version=0.0.4; charset=utf-8", state::metrics, () -> true);
        http.setExecutor(server.executor);
        http.start();
        return server;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private void offer(String path, String type, Supplier<String> text, Supplier<Boolean> isWell) {
        server.createContext(path, exchange -> {
            try (exchange) {
                answer(exchange, type, text, isWell);
            }
        });
    }

    private static void answer(HttpExchange exchange, String type, Supplier<String> text, Supplier<Boolean> isWell)
            throws IOException {
        boolean allowed = exchange.getRequestMethod().equals("GET");
        int status = allowed ? isWell.get() ? OK : UNAVAILABLE : NOT_ALLOWED;
        byte[] body = ((allowed ? text.get() : "") + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
