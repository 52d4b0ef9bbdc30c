package millrace.webhook.http;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import millrace.service.Refusal;
import millrace.webhook.config.Settings;
import millrace.webhook.dbt.Arguments;
import millrace.webhook.dbt.Project;
import millrace.webhook.pipeline.Pipeline;
import millrace.webhook.pipeline.Pipelines;
import millrace.webhook.run.Options;
import millrace.webhook.run.Run;
import millrace.webhook.service.Changes;
import millrace.webhook.service.Order;
import millrace.webhook.service.Retry;

/** Makes orders for runs of what requests ask for. */
final class Orders {
    private final Settings settings;
    private final Pipelines pipelines;
    private final Retry retry;
    private final Changes changes;

    Orders(Settings settings, Pipelines pipelines, Retry retry, Changes changes) {
        this.settings = requireNonNull(settings, "settings is null");
        this.pipelines = requireNonNull(pipelines, "pipelines is null");
        this.retry = requireNonNull(retry, "retry is null");
        this.changes = requireNonNull(changes, "changes is null");
    }

    /** What the body asks for, which must name a pipeline. */
    Order asked(Context ctx) {
        return order(ctx, RunRequest.from(ctx), "api");
    }

    /** What the body asks for; without one, the usual pipeline. */
    Order usual(Context ctx, String cause) {
        return order(ctx, RunRequest.orUsual(ctx, pipelines::usual), cause);
    }

    /** The request that an empty body stands for. */
    RunRequest usualRequest() {
        return new RunRequest(pipelines.usual(), JsonNodeFactory.instance.objectNode());
    }

    Order order(Context ctx, RunRequest request, String cause) {
        Pipeline pipeline = pipelines.get(request.pipeline());
        Project project = Project.in(settings.dbtProject());
        Options options = OptionsReader.read(request.json(), project);
        String target = options.target().orElse(project.usualTarget());
        Changes.Plan plan = options.changed()
                ? changes.plan(pipeline, options, target)
                : new Changes.Plan(Arguments.of(options, pipeline.selection()), List.of(), false);
        return new Order(
                pipeline.name().value(),
                cause,
                plan.command(),
                target,
                Optional.empty(),
                plan.notes(),
                plan.isNothing(),
                IdempotencyKey.of(ctx, request.pipeline() + " " + request.json()));
    }

    /**
     * What is left to do of a run that failed.
     *
     * @throws Refusal when the run has not ended, or has left nothing to do
     */
    Order retry(Context ctx, Run run) {
        Retry.Rest rest = retry.of(run);
        return new Order(
                run.pipeline(),
                "retry",
                rest.command(),
                run.target(),
                Optional.of(run.runId()),
                rest.skipped(),
                false,
                IdempotencyKey.of(ctx, "retry " + run.runId()));
    }
}
