package millrace.webhook.http;

import io.javalin.config.RoutesConfig;
import java.util.Map;
import millrace.service.Problem;
import millrace.service.Problems;
import millrace.webhook.run.Failure;
import millrace.webhook.service.QueueFull;
import millrace.webhook.service.RunActive;

/** What is in the way of a run, as problems. */
final class Conflicts {
    private Conflicts() {}

    static void register(RoutesConfig routes, Problems problems) {
        routes.exception(RunActive.class, (conflict, ctx) -> {
            Failure failure = conflict.failure();
            RunView.location(ctx, conflict.active());
            problems.reply(
                    ctx,
                    Problem.of(409, failure.code(), "A run is active", failure.message(), failure.hint())
                            .with(Map.of("run_id", conflict.active().runId())));
        });
        routes.exception(QueueFull.class, (full, ctx) -> {
            ctx.header("Retry-After", String.valueOf(full.retryAfter()));
            problems.reply(
                    ctx,
                    Problem.of(
                            429,
                            "queue_full",
                            "Too many runs wait",
                            full.waiting() + " runs wait already, and no more may.",
                            "Try again after the seconds in Retry-After; WEBHOOK_QUEUE says how many may wait."));
        });
    }
}
