package millrace.webhook.http;

import static java.util.Objects.requireNonNull;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import millrace.service.Reply;
import millrace.webhook.run.Failure;
import millrace.webhook.run.Run;
import millrace.webhook.service.Health;
import millrace.webhook.service.Runs;

/** How the webhook is, answered at once and without dbt. */
final class StatusEndpoints {
    private final Health health;
    private final Runs runs;

    StatusEndpoints(Health health, Runs runs) {
        this.health = requireNonNull(health, "health is null");
        this.runs = requireNonNull(runs, "runs is null");
    }

    void register(RoutesConfig routes) {
        routes.get("/health", this::health);
        routes.get("/health/ready", this::health);
        routes.get("/health/live", ctx -> Reply.json(ctx, 200, Map.of("status", "live")));
        routes.get("/status", this::status);
    }

    private void health(Context ctx) {
        List<String> problems = health.problems();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", problems.isEmpty() ? "healthy" : "unhealthy");
        body.put("active", !runs.active().isEmpty());
        if (!problems.isEmpty()) {
            body.put(
                    "error",
                    new Failure(
                            "unhealthy",
                            String.join(" ", problems),
                            "Correct the webhook's environment, or make what it names, and ask again."));
        }
        Reply.json(ctx, problems.isEmpty() ? 200 : 503, body);
    }

    private void status(Context ctx) {
        Map<String, Object> body = new LinkedHashMap<>();
        List<Run> active = runs.active();
        body.put("state", active.isEmpty() ? "idle" : "running");
        active.stream().findFirst().ifPresent(run -> body.put("current", run));
        body.put("waiting", runs.waiting());
        runs.last().ifPresent(run -> body.put("last", run));
        Reply.json(ctx, 200, body);
    }
}
