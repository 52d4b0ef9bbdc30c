package millrace.webhook;

import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import millrace.webhook.config.BadSettings;
import millrace.webhook.config.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the webhook and keeps it until the process is told to end. */
public final class Main {
    static final int FAILED = 1;
    static final int BAD_CONFIGURATION = 2;

    private static final Logger LOG = LoggerFactory.getLogger("webhook");

    private Main() {}

    public static void main(String[] args) throws InterruptedException {
        System.exit(run(args, System.getenv()));
    }

    /**
     * Runs the webhook; returns only when it could not start.
     *
     * @return 1 when it could not start, 2 when its configuration is bad
     */
    static int run(String[] args, Map<String, String> environment) throws InterruptedException {
        if (args.length > 0) {
            return complain(
                    BAD_CONFIGURATION, "The webhook takes no arguments: its settings are environment variables.");
        }
        try {
            Settings settings = Settings.from(environment);
            return serve(settings);
        } catch (BadSettings e) {
            e.problems().forEach(problem -> complain(BAD_CONFIGURATION, problem));
            return BAD_CONFIGURATION;
        }
    }

    private static int serve(Settings settings) throws InterruptedException {
        Webhook webhook;
        try {
            webhook = Webhook.create(settings);
        } catch (IOException e) {
            return complain(
                    FAILED, "The state folder " + settings.state() + " cannot be used: " + e.getMessage() + ".");
        }
        try {
            webhook.start();
        } catch (JavalinBindException e) {
            close(webhook);
            return complain(FAILED, "Port " + settings.port() + " is taken: set WEBHOOK_PORT to a free one.");
        }
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            close(webhook);
                            LOG.info("stopped");
                        },
                        "stop"));
        LOG.info("listening url=http://{}:{}", settings.host(), webhook.port());
        new CountDownLatch(1).await();
        return 0;
    }

    private static void close(Webhook webhook) {
        try {
            webhook.close();
        } catch (IOException e) {
            LOG.error("could not stop cleanly reason={}", e.getMessage());
        }
    }

    private static int complain(int exitCode, String sentence) {
        System.err.println("webhook: " + sentence);
        return exitCode;
    }
}
