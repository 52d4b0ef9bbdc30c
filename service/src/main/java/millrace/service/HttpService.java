package millrace.service;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A web server whose requests are bounded in size, time and number before they reach its routes. */
public final class HttpService {
    private static final Logger LOG = LoggerFactory.getLogger("http");
    private static final int MIN_THREADS = 4;
    private static final int BACKLOG = 256;
    private static final int HEAD_BYTES = 8 * 1024;
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private HttpService() {}

    /**
     * Builds the server; whoever calls starts and stops it.
     *
     * @param port 0 picks a free one
     * @param first sees requests before the routes do
     */
    public static Javalin create(
            String host,
            int port,
            Hosts hosts,
            Bounds bounds,
            Problems problems,
            Optional<Handler.Singleton> first,
            Consumer<RoutesConfig> routes) {
        return Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.startup.startupWatcherEnabled = false;
            config.http.prefer405over404 = true;
            config.requestLogger.http(RequestLog::log);
            config.router.javaLangErrorHandler((response, error) -> {
                LOG.error("request broke", error);
                response.setStatus(500);
            });
            server(config, host, port, hosts, bounds, problems, first);
            problems.register(config.routes);
            routes.accept(config.routes);
        });
    }

    private static void server(
            JavalinConfig config,
            String host,
            int port,
            Hosts hosts,
            Bounds bounds,
            Problems problems,
            Optional<Handler.Singleton> first) {
        config.jetty.threadPool = new QueuedThreadPool(
                bounds.threads(), MIN_THREADS, (int) Duration.ofMinutes(1).toMillis());
        Scheduler scheduler = new ScheduledExecutorScheduler("deadlines", true);
        Deadlines deadlines = new Deadlines(scheduler, bounds);
        config.jetty.addConnector((server, http) -> connector(server, http, host, port, bounds, deadlines));
        config.jetty.modifyServer(server -> {
            server.addBean(scheduler);
            server.setErrorHandler(new JettyErrors(problems));
            Crowd crowd = new Crowd(bounds.requests(), bounds.uncounted(), problems);
            WholeBody body = new WholeBody(bounds.bodyBytes(), bounds.body(), problems);
            Door door = new Door(hosts, problems);
            first.ifPresent(crowd::setHandler);
            body.setHandler(crowd);
            door.setHandler(body);
            deadlines.setHandler(door);
            // Whoever waits for an answer has it before the server is gone.
            server.setHandler(new GracefulHandler(deadlines));
            server.setStopTimeout(STOP_WITHIN.toMillis());
        });
    }

    private static ServerConnector connector(
            Server server,
            HttpConfiguration http,
            String host,
            int port,
            Bounds bounds,
            Connection.Listener deadlines) {
        http.setRequestHeaderSize(HEAD_BYTES);
        http.setSendServerVersion(false);
        http.setPersistentConnectionsEnabled(bounds.persistent());
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(host);
        connector.setPort(port);
        connector.setAcceptQueueSize(BACKLOG);
        connector.setIdleTimeout(bounds.idle().toMillis());
        connector.addBean(deadlines);
        connector.addBean(new NetworkConnectionLimit(bounds.connections(), connector));
        return connector;
    }
}
