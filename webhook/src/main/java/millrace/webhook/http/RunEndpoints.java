package millrace.webhook.http;

import static java.util.Objects.requireNonNull;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import millrace.service.Refusal;
import millrace.service.Refusal.Kind;
import millrace.service.Reply;
import millrace.service.RequestLog;
import millrace.webhook.pipeline.Pipelines;
import millrace.webhook.run.Run;
import millrace.webhook.run.RunId;
import millrace.webhook.run.RunState;
import millrace.webhook.service.RunActive;
import millrace.webhook.service.Runs;
import millrace.webhook.service.Ticket;

/** Starting runs and looking at them. */
final class RunEndpoints {
    private final Pipelines pipelines;
    private final Runs runs;

    RunEndpoints(Pipelines pipelines, Runs runs) {
        this.pipelines = requireNonNull(pipelines, "pipelines is null");
        this.runs = requireNonNull(runs, "runs is null");
    }

    void register(RoutesConfig routes) {
        routes.post("/webhook/manual", this::runAndWait);
        routes.post("/webhook", ctx -> run(ctx, RunRequest.orUsual(ctx, pipelines::usual)));
        routes.post("/api/v1/runs", ctx -> run(ctx, RunRequest.from(ctx)));
        routes.get("/api/v1/runs", ctx -> Reply.json(ctx, 200, Map.of("runs", runs.list())));
        routes.get("/api/v1/runs/{id}", ctx -> Reply.json(ctx, 200, run(ctx.pathParam("id"))));
        routes.post("/api/v1/runs/{id}/cancel", this::cancel);
        routes.get("/api/v1/runs/{id}/logs", new LogEndpoint(runs));
    }

    private void run(Context ctx, RunRequest request) throws RunActive {
        Ticket ticket = runs.start(pipelines.get(request.pipeline()));
        RequestLog.note(ctx, "run", ticket.run().runId());
        location(ctx, ticket.run());
        Reply.json(ctx, 202, ticket.run());
    }

    private void runAndWait(Context ctx) throws RunActive {
        Ticket ticket = runs.start(
                pipelines.get(RunRequest.orUsual(ctx, pipelines::usual).pipeline()));
        location(ctx, ticket.run());
        // Holds a thread, of which there are enough: one run at a time is one client that waits.
        outcome(ctx, ticket.end().join());
    }

    private void cancel(Context ctx) {
        Run run = run(ctx.pathParam("id"));
        ctx.future(() -> runs.cancel(run).thenAccept(end -> Reply.json(ctx, 200, end)));
    }

    private static void outcome(Context ctx, Run end) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("run_id", end.runId());
        body.put("pipeline", end.pipeline());
        body.put("outcome", end.state());
        body.put("seconds", end.seconds());
        body.put("summary", end.summary());
        body.put("models", end.models());
        if (end.error() != null) {
            body.put("error", end.error());
        }
        Reply.json(ctx, end.state() == RunState.SUCCESS ? 200 : 500, body);
    }

    private Run run(String id) {
        return find(runs, id);
    }

    /** Names the run's own address. */
    static void location(Context ctx, Run run) {
        ctx.header("Location", "/api/v1/runs/" + run.runId());
    }

    static Run find(Runs runs, String id) {
        if (RunId.isRunId(id)) {
            var run = runs.find(new RunId(id));
            if (run.isPresent()) {
                return run.get();
            }
        }
        throw new Refusal(
                Kind.NOT_FOUND, "unknown_run", "There is no such run.", "The runs there are: GET /api/v1/runs");
    }
}
