package millrace.webhook.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.time.Duration;
import millrace.webhook.Settings;
import millrace.webhook.pipeline.Pipelines;
import millrace.webhook.service.Docs;
import millrace.webhook.service.Health;
import millrace.webhook.service.Runs;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Connector;
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

/** The webhook's HTTP side. */
public final class App {
    private static final Logger LOG = LoggerFactory.getLogger("http");
    private static final int MOST_THREADS = 48;
    private static final int MOST_REQUESTS = 32;
    private static final int LEAST_THREADS = 4;
    private static final int MOST_CONNECTIONS = 1000;
    private static final int BACKLOG = 256;
    private static final int HEAD_BYTES = 8 * 1024;
    private static final Duration BODY_WITHIN = Duration.ofSeconds(10);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private App() {}

    /** Builds the server; whoever calls starts and stops it. */
    public static Javalin create(Settings settings, Pipelines pipelines, Runs runs, Docs docs) {
        return Javalin.create(config -> {
            server(config, settings);
            Errors.register(config.routes);
            new RunEndpoints(pipelines, runs).register(config.routes);
            new StatusEndpoints(new Health(settings, pipelines), runs).register(config.routes);
            config.routes.get("/dbt-docs", new DocsEndpoint(docs));
            config.routes.get("/", new LandingPage(runs));
        });
    }

    private static void server(JavalinConfig config, Settings settings) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        config.jetty.threadPool = new QueuedThreadPool(
                MOST_THREADS, LEAST_THREADS, (int) Duration.ofMinutes(1).toMillis());
        Scheduler scheduler = new ScheduledExecutorScheduler("deadlines", true);
        Deadlines deadlines = new Deadlines(scheduler);
        config.jetty.modifyHttpConfiguration(http -> {
            http.setRequestHeaderSize(HEAD_BYTES);
            http.setSendServerVersion(false);
        });
        config.jetty.addConnector((server, http) -> connector(server, http, settings, deadlines));
        config.jetty.modifyServer(server -> {
            server.addBean(scheduler);
            server.setErrorHandler(new JettyErrors());
            deadlines.setHandler(
                    new Door(new Hosts(settings.allowedHosts()), new WholeBody(BODY_WITHIN, new Crowd(MOST_REQUESTS))));
            // Whoever waits for a run is answered before the server is gone.
            server.setHandler(new GracefulHandler(deadlines));
            server.setStopTimeout(STOP_WITHIN.toMillis());
        });
        config.router.javaLangErrorHandler((response, error) -> {
            LOG.error("request broke", error);
            response.setStatus(500);
        });
        config.requestLogger.http(App::log);
    }

    private static Connector connector(
            Server server, HttpConfiguration http, Settings settings, Connection.Listener deadlines) {
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setAcceptQueueSize(BACKLOG);
        connector.addBean(deadlines);
        connector.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, connector));
        return connector;
    }

    private static void log(Context ctx, Float millis) {
        boolean probe = ctx.path().equals("/health") && ctx.statusCode() == 200;
        if (!probe) {
            LOG.info(
                    "request method={} path={} status={} ms={}",
                    ctx.method(),
                    ctx.req().getRequestURI(),
                    ctx.statusCode(),
                    Math.round(millis));
        }
    }
}
