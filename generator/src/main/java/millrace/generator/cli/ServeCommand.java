package millrace.generator.cli;

import io.javalin.Javalin;
import io.javalin.util.JavalinBindException;
import java.util.concurrent.CountDownLatch;
import millrace.contract.cli.Arguments;
import millrace.contract.cli.Command;
import millrace.contract.failure.ExitCode;
import millrace.contract.failure.Failure;
import millrace.contract.settings.Environment;
import millrace.contract.settings.PostgresSettings;
import millrace.generator.config.ApiSettings;
import millrace.generator.http.OrderApi;
import millrace.generator.store.Store;
import org.apache.commons.cli.Options;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The order API of the store. */
final class ServeCommand implements Command {
    private static final Logger LOG = LoggerFactory.getLogger("generator");

    private final Console console;

    ServeCommand(Console console) {
        this.console = console;
    }

    @Override
    public String name() {
        return "serve";
    }

    @Override
    public String description() {
        return "Serves the store's order API until it is told to end; its settings are environment variables.";
    }

    @Override
    public Options options() {
        return new Options();
    }

    @Override
    public int run(Arguments arguments) throws InterruptedException {
        Environment environment = new Environment(console.environment());
        ApiSettings settings = ApiSettings.read(environment);
        PostgresSettings source = PostgresSettings.read("STORE", environment);
        environment.refuseProblems();
        Javalin api = OrderApi.create(settings, new Store(source));
        try {
            api.start();
        } catch (JavalinBindException e) {
            throw Failure.running(
                    "port-taken",
                    "The order API cannot listen on " + settings.host() + ":" + settings.port() + ".",
                    "Is the port taken? Set ORDER_API_PORT to a free one, or correct ORDER_API_HOST.",
                    e);
        }
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            api.stop();
                            LOG.info("stopped");
                        },
                        "stop"));
        LOG.info(
                "listening url=http://{}:{} docs=http://{}:{}/docs",
                settings.host(),
                api.port(),
                settings.host(),
                api.port());
        new CountDownLatch(1).await();
        return ExitCode.DONE.number();
    }
}
