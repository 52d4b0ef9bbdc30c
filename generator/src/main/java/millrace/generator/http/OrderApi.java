package millrace.generator.http;

import static java.util.Objects.requireNonNull;

import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import java.time.Duration;
import java.util.Optional;
import millrace.generator.config.ApiSettings;
import millrace.generator.store.Store;
import millrace.service.Bounds;
import millrace.service.Documentation;
import millrace.service.Hosts;
import millrace.service.HttpService;
import millrace.service.Problems;

/** The order API's HTTP side. Every request has a connection of its own, and a bound on its size and time. */
public final class OrderApi {
    private static final int MAX_BODY_BYTES = 16 * 1024;
    private static final int MAX_CONNECTIONS = 512;
    private static final int MAX_THREADS = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private OrderApi() {}

    /** Builds the server; whoever calls starts and stops it. */
    public static Javalin create(ApiSettings settings, Store store) {
        return create(settings, store, PATIENCE);
    }

    /** @param patience how long the head of a request may take, then its body, then the answer */
    static Javalin create(ApiSettings settings, Store store, Duration patience) {
        requireNonNull(store, "store is null");
        Problems problems = new Problems(new OrderSentences());
        Bounds bounds = new Bounds(
                MAX_THREADS,
                MAX_CONNECTIONS,
                MAX_CONNECTIONS,
                "/health"::equals,
                path -> MAX_BODY_BYTES,
                false,
                patience,
                patience,
                patience,
                path -> Optional.of(patience.multipliedBy(2)));
        Hosts hosts = new Hosts(settings.hosts(), false);
        return HttpService.create(
                settings.host(),
                settings.port(),
                hosts,
                bounds,
                problems,
                Optional.empty(),
                routes -> routes(routes, settings, store, problems));
    }

    private static void routes(RoutesConfig routes, ApiSettings settings, Store store, Problems problems) {
        StoreProblems.register(routes, problems);
        settings.token().ifPresent(token -> routes.before(new Token(token)));
        new OrderEndpoints(store).register(routes);
        routes.get("/", ctx -> ctx.redirect("/docs"));
        Documentation.register(routes, "Order API", OrderApi.class);
    }
}
