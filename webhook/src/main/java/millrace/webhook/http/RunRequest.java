package millrace.webhook.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import millrace.service.Json;
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
        byte[] body = body(ctx);
        if (body.length == 0) {
            throw new Refusal(Kind.BAD_REQUEST, "empty_body", "The request has no body.", FORM);
        }
        return parse(ctx, body);
    }

    /** Reads a body that may be missing; then it is the usual pipeline that is meant. */
    static RunRequest orUsual(Context ctx, Supplier<PipelineName> usual) {
        byte[] body = body(ctx);
        return body.length == 0 ? new RunRequest(usual.get(), JsonNodeFactory.instance.objectNode()) : parse(ctx, body);
    }

    private static RunRequest parse(Context ctx, byte[] body) {
        String type = ctx.contentType();
        if (type == null || !type.split(";")[0].strip().equalsIgnoreCase("application/json")) {
            throw new Refusal(
                    Kind.NOT_JSON,
                    "not_json",
                    "The body's Content-Type is not application/json.",
                    "Send the header Content-Type: application/json.");
        }
        return parse(body);
    }

    static RunRequest parse(byte[] body) {
        JsonNode json = tree(body);
        if (!json.isObject()) {
            throw new Refusal(Kind.BAD_REQUEST, "bad_body", "The body is not a JSON object.", FORM);
        }
        List<String> unknown = new ArrayList<>(json.propertyStream()
                .map(java.util.Map.Entry::getKey)
                .filter(name -> !OptionsReader.FIELDS.contains(name))
                .toList());
        if (!unknown.isEmpty()) {
            throw new Refusal(Kind.BAD_REQUEST, "unknown_field", "The body has unknown fields: " + unknown + ".", FORM);
        }
        if (!json.path("pipeline").isTextual()) {
            throw new Refusal(Kind.BAD_REQUEST, "no_pipeline", "The body names no pipeline as a string.", FORM);
        }
        return new RunRequest(new PipelineName(json.get("pipeline").textValue()), json);
    }

    private static JsonNode tree(byte[] body) {
        try {
            return Json.readTree(body);
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " (line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ")";
            throw new Refusal(Kind.BAD_REQUEST, "bad_json", "The body is not valid JSON" + where + ".", FORM);
        } catch (IOException e) {
            throw new Refusal(Kind.BAD_REQUEST, "bad_json", "The body is not valid JSON.", FORM);
        }
    }

    private static byte[] body(Context ctx) {
        try {
            return ctx.bodyInputStream().readAllBytes();
        } catch (IOException e) {
            throw new Refusal(Kind.BAD_REQUEST, "body_cut_off", "The body ended early.", "Send it again.");
        }
    }
}
