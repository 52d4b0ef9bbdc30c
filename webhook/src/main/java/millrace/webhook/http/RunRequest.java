package millrace.webhook.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import millrace.service.Refusal;
import millrace.service.Refusal.Kind;
import millrace.webhook.pipeline.PipelineName;

/**
 * The body of a request for a run.
 *
 * @param pipeline the pipeline to run
 * @param json the whole of it, for what else it chooses
 */
record RunRequest(PipelineName pipeline, JsonNode json) {
    static final String FORM = "The body is {\"pipeline\":\"name\"}; GET /docs tells what else it may choose.";

    /** Reads a body that names a pipeline. */
    static RunRequest from(Context ctx) {
        return of(Body.json(ctx, FORM));
    }

    /** Reads a body that may be missing; then it is the usual pipeline that is meant. */
    static RunRequest orUsual(Context ctx, Supplier<PipelineName> usual) {
        byte[] body = Body.bytes(ctx);
        return body.length == 0
                ? new RunRequest(usual.get(), JsonNodeFactory.instance.objectNode())
                : of(Body.json(ctx, body, FORM));
    }

    /** Of a body as it came. */
    static RunRequest parse(byte[] body) {
        return of(Body.json(body, FORM));
    }

    static RunRequest of(JsonNode json) {
        List<String> unknown = json.propertyStream()
                .map(Map.Entry::getKey)
                .filter(name -> !OptionsReader.FIELDS.contains(name))
                .toList();
        if (!unknown.isEmpty()) {
            throw new Refusal(Kind.BAD_REQUEST, "unknown_field", "The body has unknown fields: " + unknown + ".", FORM);
        }
        if (!json.path("pipeline").isTextual()) {
            throw new Refusal(Kind.BAD_REQUEST, "no_pipeline", "The body names no pipeline as a string.", FORM);
        }
        return new RunRequest(new PipelineName(json.get("pipeline").textValue()), json);
    }
}
