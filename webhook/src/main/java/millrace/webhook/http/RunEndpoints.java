package millrace.webhook.http;

import static java.util.Objects.requireNonNull;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import millrace.service.Reply;
import millrace.service.RequestLog;
import millrace.webhook.run.Run;
import millrace.webhook.run.RunFilter;
import millrace.webhook.run.RunState;
import millrace.webhook.security.Scope;
import millrace.webhook.service.Order;
import millrace.webhook.service.QueueFull;
import millrace.webhook.service.RunActive;
import millrace.webhook.service.Runs;
import millrace.webhook.service.Ticket;

/** Asking for runs, looking at them and ending them. */
final class RunEndpoints {
    private final Orders orders;
    private final Runs runs;
    private final EventEndpoint events;
    private final Guard guard;
    private final RunView view;

    RunEndpoints(Orders orders, Runs runs, EventEndpoint events, Guard guard) {
        this.events = requireNonNull(events, "events is null");
        this.guard = requireNonNull(guard, "guard is null");
        this.orders = requireNonNull(orders, "orders is null");
        this.runs = requireNonNull(runs, "runs is null");
        this.view = new RunView(runs);
    }

    void register(RoutesConfig routes) {
        routes.post("/webhook/manual", this::runAndWait);
        routes.post("/webhook", this::runAtOnce);
        routes.post("/api/v1/runs", ctx -> accepted(ctx, runs.submit(orders.asked(ctx))));
        routes.get("/api/v1/runs", this::list);
        routes.get("/api/v1/runs/{id}", ctx -> Reply.json(ctx, 200, view.of(view.find(ctx.pathParam("id")))));
        routes.post("/api/v1/runs/{id}/cancel", this::cancel);
        routes.post("/api/v1/runs/{id}/retry", this::retry);
        routes.get("/api/v1/runs/{id}/logs", new LogEndpoint(runs, view));
        new ArtifactEndpoints(runs, view).register(routes);
    }

    private void runAtOnce(Context ctx) throws RunActive, QueueFull {
        if (events.takes(ctx)) {
            events.accept(ctx).ifPresent(ticket -> accepted(ctx, ticket));
            return;
        }
        guard.check(ctx, Scope.RUN);
        accepted(ctx, runs.startNow(orders.usual(ctx, "webhook")));
    }

    private void runAndWait(Context ctx) throws RunActive {
        Ticket ticket = runs.startNow(orders.usual(ctx, "manual"));
        note(ctx, ticket);
        // Holds a thread, of which there are enough: one run at a time is one client that waits.
        Run end = ticket.end().join();
        Reply.json(ctx, end.state() == RunState.SUCCESS ? 200 : 500, RunView.outcome(end));
    }

    private void retry(Context ctx) throws QueueFull {
        Order order = orders.retry(ctx, view.find(ctx.pathParam("id")));
        accepted(ctx, runs.submit(order));
    }

    private void accepted(Context ctx, Ticket ticket) {
        note(ctx, ticket);
        if (!ticket.isNew()) {
            ctx.header("Idempotency-Replayed", "true");
        }
        Reply.json(ctx, 202, view.of(ticket.run()));
    }

    private static void note(Context ctx, Ticket ticket) {
        RequestLog.note(ctx, "run", ticket.run().runId());
        RunView.location(ctx, ticket.run());
    }

    private void list(Context ctx) {
        RunFilter filter = FilterReader.read(ctx);
        List<Run> list = runs.list(filter);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("runs", view.of(list));
        if (list.size() == filter.limit()) {
            body.put(
                    "next",
                    FilterReader.address(
                            "/api/v1/runs", filter, list.get(list.size() - 1).runId()));
        }
        Reply.json(ctx, 200, body);
    }

    private void cancel(Context ctx) {
        Run run = view.find(ctx.pathParam("id"));
        RequestLog.note(ctx, "run", run.runId());
        ctx.future(() -> runs.cancel(run).thenAccept(end -> Reply.json(ctx, 200, end)));
    }
}
