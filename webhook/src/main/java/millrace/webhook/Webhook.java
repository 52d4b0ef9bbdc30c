package millrace.webhook;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import millrace.webhook.config.Settings;
import millrace.webhook.dbt.Orphans;
import millrace.webhook.dbt.ReadyDbt;
import millrace.webhook.http.App;
import millrace.webhook.http.Parts;
import millrace.webhook.pipeline.Pipelines;
import millrace.webhook.run.RunId;
import millrace.webhook.security.TokenTable;
import millrace.webhook.security.Tokens;
import millrace.webhook.service.AlertWatch;
import millrace.webhook.service.Docs;
import millrace.webhook.service.Recovery;
import millrace.webhook.service.Runs;
import millrace.webhook.service.Sender;
import millrace.webhook.service.StateLock;
import millrace.webhook.store.AlertTable;
import millrace.webhook.store.Database;
import millrace.webhook.store.DeliveryTable;
import millrace.webhook.store.RunStore;
import millrace.webhook.store.RunTable;
import millrace.webhook.store.SeenTable;
import millrace.webhook.warehouse.Loads;
import millrace.webhook.warehouse.Warehouse;

/** The whole service. {@link #create} builds it, {@link #start} starts it. */
public final class Webhook implements AutoCloseable {
    private final StateLock lock;
    private final Database database;
    private final ReadyDbt ready;
    private final Runs runs;
    private final Docs docs;
    private final Optional<Warehouse> warehouse;
    private final Sender sender;
    private final AlertWatch alerts;
    private final App app;

    private Webhook(
            StateLock lock,
            Database database,
            ReadyDbt ready,
            Runs runs,
            Docs docs,
            Optional<Warehouse> warehouse,
            Sender sender,
            AlertWatch alerts,
            App app) {
        this.lock = lock;
        this.database = database;
        this.ready = ready;
        this.runs = runs;
        this.docs = docs;
        this.warehouse = warehouse;
        this.sender = sender;
        this.alerts = alerts;
        this.app = app;
    }

    /**
     * Takes the state folder, puts right what a killed webhook left there, and builds the server.
     *
     * @throws IOException when the state folder cannot be used, or another webhook has it
     */
    public static Webhook create(Settings settings) throws IOException {
        StateLock lock = StateLock.take(settings.state())
                .orElseThrow(() -> new IOException("another webhook uses it; stop that one, or set WEBHOOK_STATE"));
        Database database = Database.open(settings.state());
        RunStore store = new RunStore(settings.state().resolve("runs"), new RunTable(database));
        DeliveryTable deliveries = new DeliveryTable(database);
        Sender sender = new Sender(deliveries, settings.targets(), settings.targetSecrets());
        List<RunId> left = Recovery.recover(store, new Orphans(settings.state()), sender);
        ReadyDbt ready = new ReadyDbt(settings);
        Optional<Warehouse> warehouse = settings.clickHouse().isPresent()
                ? Optional.of(new Warehouse(settings.clickHouse().get()))
                : Optional.empty();
        Loads loads = new Loads(warehouse);
        Runs runs = new Runs(settings, store, ready, loads, sender);
        runs.endQueries(left);
        Docs docs = new Docs(settings, runs);
        Pipelines pipelines = new Pipelines(settings.pipelines(), settings.usualPipeline());
        AlertWatch alerts = new AlertWatch(settings, pipelines, runs, loads, new AlertTable(database), sender);
        return new Webhook(
                lock,
                database,
                ready,
                runs,
                docs,
                warehouse,
                sender,
                alerts,
                App.create(new Parts(
                        settings,
                        pipelines,
                        runs,
                        docs,
                        new Tokens(new TokenTable(database), settings.token(), settings.demandsTokens()),
                        new SeenTable(database),
                        loads,
                        deliveries,
                        alerts)));
    }

    /**
     * Listens.
     *
     * @throws io.javalin.util.JavalinBindException when the port is taken
     */
    public Webhook start() {
        app.start();
        sender.start();
        alerts.start();
        runs.resume();
        ready.prepare();
        return this;
    }

    /** The port it listens on. */
    public int port() {
        return app.port();
    }

    /** Ends the active run, answers those who wait for it, and stops. */
    @Override
    public void close() throws IOException {
        runs.stop();
        docs.stop();
        ready.close();
        app.close();
        alerts.close();
        sender.close();
        warehouse.ifPresent(Warehouse::close);
        database.close();
        lock.close();
    }
}
