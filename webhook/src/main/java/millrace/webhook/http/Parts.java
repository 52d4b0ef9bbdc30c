package millrace.webhook.http;

import static java.util.Objects.requireNonNull;

import millrace.webhook.config.Settings;
import millrace.webhook.pipeline.Pipelines;
import millrace.webhook.security.Tokens;
import millrace.webhook.service.AlertWatch;
import millrace.webhook.service.Docs;
import millrace.webhook.service.Runs;
import millrace.webhook.store.DeliveryTable;
import millrace.webhook.store.SeenTable;
import millrace.webhook.warehouse.Loads;

/** What the HTTP side stands on. */
public record Parts(
        Settings settings,
        Pipelines pipelines,
        Runs runs,
        Docs docs,
        Tokens tokens,
        SeenTable seen,
        Loads loads,
        DeliveryTable deliveries,
        AlertWatch alerts) {
    public Parts {
        requireNonNull(settings, "settings is null");
        requireNonNull(pipelines, "pipelines is null");
        requireNonNull(runs, "runs is null");
        requireNonNull(docs, "docs is null");
        requireNonNull(tokens, "tokens is null");
        requireNonNull(seen, "seen is null");
        requireNonNull(loads, "loads is null");
        requireNonNull(deliveries, "deliveries is null");
        requireNonNull(alerts, "alerts is null");
    }
}
