package millrace.webhook.http;

import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import millrace.webhook.Failure;
import millrace.webhook.Json;
import millrace.webhook.Refusal;
import millrace.webhook.run.Run;
import millrace.webhook.service.RunActive;

/** The answers that more than one endpoint gives. */
final class Reply {
    private Reply() {}

    /** Answers with a JSON body. */
    static void json(Context ctx, int status, Object body) {
        ctx.status(status).contentType("application/json").result(Json.write(body));
    }

    /** Answers with an error body. */
    static void failure(Context ctx, int status, Failure failure) {
        json(ctx, status, Map.of("error", failure));
    }

    /** Answers that a request was not carried out. */
    static void refusal(Context ctx, Refusal refusal) {
        failure(ctx, status(refusal.kind()), refusal.failure());
    }

    /** Answers that a run is in the way, and which. */
    static void conflict(Context ctx, RunActive conflict) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", conflict.failure());
        body.put("run_id", conflict.active().runId());
        location(ctx, conflict.active());
        json(ctx, 409, body);
    }

    /** Names the run's own address. */
    static void location(Context ctx, Run run) {
        ctx.header("Location", "/api/v1/runs/" + run.runId());
    }

    private static int status(Refusal.Kind kind) {
        return switch (kind) {
            case BAD_REQUEST -> 400;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case TOO_LARGE -> 413;
            case NOT_JSON -> 415;
            case OUT_OF_RANGE -> 416;
            case UNPROCESSABLE -> 422;
            case INTERNAL -> 500;
            case UNAVAILABLE -> 503;
        };
    }
}
