package millrace.webhook.http;

import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import millrace.service.Bounds;
import millrace.service.Hosts;
import millrace.service.HttpService;
import millrace.service.Problem;
import millrace.service.Problems;
import millrace.webhook.Failure;
import millrace.webhook.Settings;
import millrace.webhook.pipeline.Pipelines;
import millrace.webhook.security.Tokens;
import millrace.webhook.service.Docs;
import millrace.webhook.service.Health;
import millrace.webhook.service.QueueFull;
import millrace.webhook.service.Retry;
import millrace.webhook.service.RunActive;
import millrace.webhook.service.Runs;
import millrace.webhook.store.SeenTable;

/** The webhook's HTTP side. */
public final class App {
    private static final int MOST_THREADS = 48;
    private static final int MOST_CONNECTIONS = 1000;
    private static final int MOST_REQUESTS = 32;
    private static final int MOST_BODY_BYTES = 16 * 1024;
    /** Events of other programs tell more than they are asked. */
    private static final int MOST_EVENT_BYTES = 64 * 1024;

    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration HEAD = Duration.ofSeconds(20);
    private static final Duration BODY = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofMinutes(1);
    /** The first reader of the documentation waits until dbt has made it. */
    private static final Duration DOCS = Duration.ofMinutes(15);

    private App() {}

    /** Builds the server; whoever calls starts and stops it. */
    public static Javalin create(
            Settings settings, Pipelines pipelines, Runs runs, Docs docs, Tokens tokens, SeenTable seen) {
        Problems problems = new Problems(new WebhookSentences());
        Bounds bounds = new Bounds(
                MOST_THREADS,
                MOST_CONNECTIONS,
                MOST_REQUESTS,
                path -> path.equals("/webhook") && !settings.secrets().isEmpty() ? MOST_EVENT_BYTES : MOST_BODY_BYTES,
                true,
                IDLE,
                HEAD,
                BODY,
                App::answer);
        Set<String> names = new HashSet<>(settings.allowedHosts());
        names.add("localhost");
        return HttpService.create(
                settings.host(), settings.port(), new Hosts(names, true), bounds, problems, routes -> {
                    refuseBesideActive(routes, problems);
                    refuseBeyondQueue(routes, problems);
                    Guard guard = new Guard(tokens);
                    routes.before(guard);
                    Orders orders = new Orders(settings, pipelines, new Retry(runs));
                    EventEndpoint events =
                            new EventEndpoint(settings.secrets(), settings.events(), seen, tokens, orders, runs);
                    new RunEndpoints(orders, runs, events, guard).register(routes);
                    new TokenEndpoints(tokens).register(routes);
                    new StatusEndpoints(new Health(settings, pipelines), runs).register(routes);
                    routes.get("/dbt-docs", new DocsEndpoint(docs, problems));
                    routes.get("/", new LandingPage(runs));
                });
    }

    private static Optional<Duration> answer(String path) {
        if (path.equals("/webhook/manual")) {
            return Optional.empty(); // waits for dbt, which has a limit of its own
        }
        return Optional.of(path.startsWith("/dbt-docs") ? DOCS : ANSWER);
    }

    /** Tells which run is in the way. */
    private static void refuseBesideActive(RoutesConfig routes, Problems problems) {
        routes.exception(RunActive.class, (conflict, ctx) -> {
            Failure failure = conflict.failure();
            RunView.location(ctx, conflict.active());
            problems.reply(
                    ctx,
                    Problem.of(409, failure.code(), "A run is active", failure.message(), failure.hint())
                            .with(Map.of("run_id", conflict.active().runId())));
        });
    }

    private static void refuseBeyondQueue(RoutesConfig routes, Problems problems) {
        routes.exception(QueueFull.class, (full, ctx) -> {
            ctx.header("Retry-After", String.valueOf(full.retryAfter()));
            problems.reply(
                    ctx,
                    Problem.of(
                            429,
                            "queue_full",
                            "Too many runs wait",
                            full.waiting() + " runs wait already, and no more may.",
                            "Try again after the seconds in Retry-After; WEBHOOK_QUEUE says how many may wait."));
        });
    }
}
