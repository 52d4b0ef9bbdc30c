package millrace.generator.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import java.time.Duration;
import millrace.generator.config.ApiSettings;
import millrace.generator.store.Store;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The order API's HTTP side. Every request has a connection of its own, and a bound on its size and time. */
public final class OrderApi {
    static final int MOST_BODY_BYTES = 16 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger("http");
    private static final int MOST_CONNECTIONS = 512;
    private static final int MOST_THREADS = 16;
    private static final int LEAST_THREADS = 4;
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private OrderApi() {}

    /** Builds the server; whoever calls starts and stops it. */
    public static Javalin create(ApiSettings settings, Store store) {
        return create(settings, store, PATIENCE);
    }

    /** @param patience how long the head of a request may take, then its body, then the answer */
    static Javalin create(ApiSettings settings, Store store, Duration patience) {
        return Javalin.create(config -> {
            server(config, settings, patience);
            Problems.register(config.routes);
            config.routes.before(new Door(settings));
            config.routes.before(ctx -> {
                ctx.header("X-Content-Type-Options", "nosniff");
                ctx.header("Cache-Control", "no-store");
            });
            new OrderEndpoints(store).register(config.routes);
            Documentation.register(config.routes);
        });
    }

    private static void server(JavalinConfig config, ApiSettings settings, Duration patience) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        config.jetty.threadPool = new QueuedThreadPool(
                MOST_THREADS, LEAST_THREADS, (int) Duration.ofMinutes(1).toMillis());
        config.jetty.addConnector((server, http) -> connector(server, http, settings, patience));
        config.jetty.modifyServer(server -> {
            server.setErrorHandler(new JettyProblems());
            GracefulHandler graceful = new GracefulHandler();
            graceful.setHandler(new WholeRequest(MOST_BODY_BYTES, patience));
            server.setHandler(graceful);
            server.setStopTimeout(STOP_WITHIN.toMillis());
        });
        config.router.javaLangErrorHandler((response, error) -> {
            LOG.error("request broke", error);
            response.setStatus(500);
        });
        config.requestLogger.http(RequestLog::log);
    }

    private static ServerConnector connector(
            Server server, HttpConfiguration http, ApiSettings settings, Duration patience) {
        http.setSendServerVersion(false);
        http.setPersistentConnectionsEnabled(false);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setIdleTimeout(patience.toMillis());
        connector.addBean(new HeadDeadline(connector.getScheduler(), patience));
        connector.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, connector));
        return connector;
    }
}
