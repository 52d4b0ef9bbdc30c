package millrace.webhook.http;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import java.util.Map;
import millrace.service.Json;
import millrace.service.Reply;
import millrace.webhook.alert.Alert;
import millrace.webhook.service.AlertWatch;

/** The alerts that go on. */
final class AlertEndpoints {
    private final AlertWatch watch;

    AlertEndpoints(AlertWatch watch) {
        this.watch = requireNonNull(watch, "watch is null");
    }

    void register(RoutesConfig routes) {
        routes.get(
                "/api/v1/alerts",
                ctx -> Reply.json(
                        ctx,
                        200,
                        Map.of(
                                "alerts",
                                watch.open().stream().map(AlertEndpoints::view).toList())));
    }

    private static ObjectNode view(Alert alert) {
        ObjectNode view = Json.tree(alert);
        view.remove("mark");
        return view.put("kind", alert.kind().spelled());
    }
}
