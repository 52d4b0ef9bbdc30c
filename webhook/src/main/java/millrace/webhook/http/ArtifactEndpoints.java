package millrace.webhook.http;

import static java.util.Objects.requireNonNull;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import millrace.service.Refusal;
import millrace.service.Refusal.Kind;
import millrace.service.Reply;
import millrace.webhook.run.Run;
import millrace.webhook.service.Runs;

/** dbt's own documents of a run. */
final class ArtifactEndpoints {
    private static final List<String> NAMES =
            List.of("manifest.json", "run_results.json", "catalog.json", "sources.json");

    private final Runs runs;
    private final RunView view;

    ArtifactEndpoints(Runs runs, RunView view) {
        this.runs = requireNonNull(runs, "runs is null");
        this.view = requireNonNull(view, "view is null");
    }

    void register(RoutesConfig routes) {
        routes.get("/api/v1/runs/{id}/artifacts", this::list);
        routes.get("/api/v1/runs/{id}/artifacts/{name}", this::one);
    }

    private void list(Context ctx) {
        Path target = target(ctx);
        Reply.json(ctx, 200, Map.of("artifacts", of(target)));
    }

    /** Which of them are in a target folder. */
    static List<String> of(Path target) {
        return NAMES.stream().filter(name -> Files.exists(target.resolve(name))).toList();
    }

    private void one(Context ctx) throws IOException {
        String name = ctx.pathParam("name");
        if (!NAMES.contains(name)) {
            throw missing("dbt has no artifact of that name.");
        }
        try {
            ctx.contentType("application/json")
                    .result(Files.newInputStream(target(ctx).resolve(name)));
        } catch (NoSuchFileException e) {
            throw missing("dbt did not make " + name + " in this run.");
        }
    }

    private Path target(Context ctx) {
        Run run = view.find(ctx.pathParam("id"));
        return runs.folder(run.runId()).target();
    }

    private static Refusal missing(String sentence) {
        return new Refusal(
                Kind.NOT_FOUND, "unknown_artifact", sentence, "Those there are: GET /api/v1/runs/{id}/artifacts");
    }
}
