package millrace.stream.status;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import millrace.contract.failure.ExitCode;
import millrace.contract.failure.Failure;
import millrace.loader.report.Json;
import millrace.stream.run.Controls;
import millrace.stream.run.FollowLoop;
import millrace.stream.run.FollowState;
import millrace.stream.run.Requests;
import millrace.stream.run.Setup;

/**
 * Tells over HTTP how it goes, to programs of this machine: /health, /status and /metrics. And takes what they ask for: POST to
 * /recopy, /pause, /resume, each with ?table=…, and to /hold, /release, /recheck and /add.
 */
public final class StatusServer implements AutoCloseable {
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int NOT_ALLOWED = 405;
    private static final int CONFLICT = 409;
    private static final int UNAVAILABLE = 503;

    private final HttpServer server;
    private final ExecutorService executor = Executors.newFixedThreadPool(4, StatusServer::thread);

    private StatusServer(HttpServer server) {
        this.server = server;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "status");
        thread.setDaemon(true);
        return thread;
    }

    private record Answer(int status, String type, String body) {
        Answer {
            requireNonNull(type, "type is null");
            requireNonNull(body, "body is null");
        }

        static Answer json(int status, Map<String, ?> value) {
            return new Answer(status, "application/json", Json.of(value));
        }
    }

    /**
     * @param host the address that it listens on
     * @param port 0 for any free one
     * @param reread reads the pipeline file again
     */
    public static StatusServer start(
            String host, int port, FollowState state, FollowLoop loop, Supplier<Setup> reread) {
        requireNonNull(state, "state is null");
        requireNonNull(loop, "loop is null");
        requireNonNull(reread, "reread is null");
        HttpServer http;
        try {
            http = HttpServer.create(new InetSocketAddress(host, port), 0);
        } catch (IOException e) {
            throw Failure.configuration(
                    "port-taken",
                    "The follower cannot tell of itself on port " + port + ": " + e.getMessage() + ".",
                    "Does another one run? Set another \"port\" under \"follow\" in the pipeline file.");
        }
        StatusServer server = new StatusServer(http);
        server.tell("/health", () -> Answer.json(state.isHealthy() ? OK : UNAVAILABLE, state.json()));
        server.tell("/status", () -> Answer.json(OK, state.json()));
        server.tell(
                "/metrics", () -> new Answer(OK, "text/plain; version=0.0.4; charset=utf-8", Metrics.of(state.json())));
        Requests requests = loop.requests();
        server.take("/recopy", query -> requests.ask(controls -> controls.recopy(query.needed("table"))));
        server.take("/pause", query -> requests.ask(controls -> controls.pause(query.needed("table"))));
        server.take("/resume", query -> requests.ask(controls -> controls.resume(query.needed("table"))));
        server.take("/hold", query -> requests.askLong(controls -> controls.hold(query.lsn("until"), query.seconds())));
        server.take("/release", query -> requests.ask(Controls::release));
        server.take("/recheck", query -> requests.ask(Controls::recheck));
        server.take("/add", query -> loop.reload(reread.get()));
        http.setExecutor(server.executor);
        http.start();
        return server;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private void tell(String path, Supplier<Answer> answer) {
        on(path, "GET", exchange -> answer.get());
    }

    private void take(String path, Function<Query, Map<String, Object>> action) {
        on(path, "POST", exchange -> {
            if (exchange.getRequestHeaders().containsKey("Origin")) {
                return failed(FORBIDDEN, Failure.configuration("from-a-page", "This is not for pages.", "Use curl."));
            }
            return Answer.json(OK, action.apply(Query.of(exchange.getRequestURI())));
        });
    }

    private void on(String path, String method, Function<HttpExchange, Answer> action) {
        server.createContext(path, exchange -> {
            try (exchange) {
                send(exchange, answer(exchange, path, method, action));
            }
        });
    }

    private static Answer answer(
            HttpExchange exchange, String path, String method, Function<HttpExchange, Answer> action) {
        if (!exchange.getRequestURI().getPath().equals(path)) {
            return failed(BAD_REQUEST, Failure.configuration("unknown-path", "There is nothing here.", "Try /status."));
        }
        if (!exchange.getRequestMethod().equals(method)) {
            return failed(
                    NOT_ALLOWED,
                    Failure.configuration("method", path + " takes " + method + " only.", "See the README."));
        }
        try {
            return action.apply(exchange);
        } catch (Failure failure) {
            return failed(failure.exitCode() == ExitCode.BAD_CONFIGURATION ? BAD_REQUEST : CONFLICT, failure);
        }
    }

    private static Answer failed(int status, Failure failure) {
        return Answer.json(
                status, Map.of("code", failure.code(), "sentence", failure.sentence(), "hint", failure.hint()));
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = (answer.body() + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        exchange.sendResponseHeaders(answer.status(), body.length);
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
