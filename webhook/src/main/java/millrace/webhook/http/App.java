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
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The webhook's HTTP side. */
public final class App {
    private static final Logger LOG = LoggerFactory.getLogger("http");
    private static final int MOST_THREADS = 24;
    private static final int LEAST_THREADS = 4;
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
        config.jetty.host = settings.host();
        config.jetty.port = settings.port();
        config.jetty.threadPool = new QueuedThreadPool(
                MOST_THREADS, LEAST_THREADS, (int) Duration.ofMinutes(1).toMillis());
        config.jetty.modifyServer(server -> {
            server.setErrorHandler(new JettyErrors());
            // Whoever waits for a run is answered before the server is gone.
            server.setHandler(new GracefulHandler());
            server.setStopTimeout(STOP_WITHIN.toMillis());
        });
        config.router.javaLangErrorHandler((response, error) -> {
            LOG.error("request broke", error);
            response.setStatus(500);
        });
        config.requestLogger.http(App::log);
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
