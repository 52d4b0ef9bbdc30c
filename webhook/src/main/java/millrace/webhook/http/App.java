package millrace.webhook.http;

import static java.util.Objects.requireNonNull;

import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import millrace.service.Bounds;
import millrace.service.Documentation;
import millrace.service.Hosts;
import millrace.service.HttpService;
import millrace.service.Problems;
import millrace.webhook.config.Settings;
import millrace.webhook.service.Changes;
import millrace.webhook.service.Health;
import millrace.webhook.service.Retry;

/** The webhook's HTTP side. */
public final class App implements AutoCloseable {
    private static final int MAX_THREADS = 48;
    private static final int MAX_CONNECTIONS = 1000;
    private static final int MAX_REQUESTS = 32;
    private static final int MAX_BODY_BYTES = 16 * 1024;
    /** Events of other programs tell more than they are asked. */
    private static final int MAX_EVENT_BYTES = 64 * 1024;

    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration HEAD = Duration.ofSeconds(20);
    private static final Duration BODY = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofMinutes(1);
    /** The first reader of the documentation waits until dbt has made it. */
    private static final Duration DOCS = Duration.ofMinutes(15);

    private final Javalin server;
    private final LogStreams streams;

    private App(Javalin server, LogStreams streams) {
        this.server = server;
        this.streams = streams;
    }

    public static App create(Parts parts) {
        requireNonNull(parts, "parts is null");
        Settings settings = parts.settings();
        Problems problems = new Problems(new WebhookSentences());
        Bounds bounds = new Bounds(
                MAX_THREADS,
                MAX_CONNECTIONS,
                MAX_REQUESTS,
                path -> path.startsWith("/health") || LogStreams.isStream(path),
                path -> path.equals("/webhook") && !settings.secrets().isEmpty() ? MAX_EVENT_BYTES : MAX_BODY_BYTES,
                true,
                IDLE,
                HEAD,
                BODY,
                App::answer);
        Set<String> names = new HashSet<>(settings.allowedHosts());
        names.add("localhost");
        LogStreams streams = new LogStreams(parts.runs(), parts.tokens(), problems);
        Javalin server = HttpService.create(
                settings.host(),
                settings.port(),
                new Hosts(names, true),
                bounds,
                problems,
                Optional.of(streams),
                routes -> routes(routes, parts, problems));
        return new App(server, streams);
    }

    private static void routes(RoutesConfig routes, Parts parts, Problems problems) {
        Guard guard = new Guard(parts.tokens());
        routes.before(guard);
        Conflicts.register(routes, problems);
        Changes changes = new Changes(parts.settings(), parts.runs(), parts.loads());
        Orders orders = new Orders(parts.settings(), parts.pipelines(), new Retry(parts.runs()), changes);
        new RunEndpoints(orders, parts.runs(), new EventEndpoint(parts, orders), guard).register(routes);
        new TokenEndpoints(parts.tokens()).register(routes);
        new AlertEndpoints(parts.alerts()).register(routes);
        new DeliveryEndpoints(parts.deliveries()).register(routes);
        new StatusEndpoints(new Health(parts.settings(), parts.pipelines()), parts.runs()).register(routes);
        routes.get("/metrics", new MetricsEndpoint(parts));
        Documentation.register(routes, "Millrace webhook", App.class);
        routes.get("/dbt-docs", new DocsEndpoint(parts, problems));
        new PageEndpoints(parts, orders).register(routes);
    }

    private static Optional<Duration> answer(String path) {
        if (path.equals("/webhook/manual") || LogStreams.isStream(path)) {
            return Optional.empty(); // waits for dbt, which has a limit of its own
        }
        return Optional.of(path.startsWith("/dbt-docs") ? DOCS : ANSWER);
    }

    /** Listens. */
    public void start() {
        server.start();
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    /** Answers who waits, and stops. */
    @Override
    public void close() {
        streams.end();
        server.stop();
    }
}
