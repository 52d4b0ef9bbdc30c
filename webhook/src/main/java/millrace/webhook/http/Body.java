package millrace.webhook.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.io.IOException;
import millrace.service.Json;
import millrace.service.JsonBody;
import millrace.service.Refusal;
import millrace.service.Refusal.Kind;

/** The body of a request. */
final class Body {
    private Body() {}

    /** As it came. */
    static byte[] bytes(Context ctx) {
        try {
            return ctx.bodyInputStream().readAllBytes();
        } catch (IOException e) {
            throw new Refusal(Kind.BAD_REQUEST, "body_cut_off", "The body ended early.", "Send it again.");
        }
    }

    /**
     * A JSON object that must be there.
     *
     * @param form says what the body is
     */
    static JsonNode json(Context ctx, String form) {
        byte[] body = bytes(ctx);
        if (body.length == 0) {
            throw new Refusal(Kind.BAD_REQUEST, "empty_body", "The request has no body.", form);
        }
        return json(ctx, body, form);
    }

    /** A JSON object. */
    static JsonNode json(Context ctx, byte[] body, String form) {
        JsonBody.objection(ctx).ifPresent(sentence -> {
            throw new Refusal(Kind.NOT_JSON, "not_json", sentence, "Send the header Content-Type: application/json.");
        });
        return json(body, form);
    }

    static JsonNode json(byte[] body, String form) {
        JsonNode json = tree(body, form);
        if (!json.isObject()) {
            throw new Refusal(Kind.BAD_REQUEST, "bad_body", "The body is not a JSON object.", form);
        }
        return json;
    }

    private static JsonNode tree(byte[] body, String form) {
        try {
            return Json.readTree(body);
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " (line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ")";
            throw new Refusal(Kind.BAD_REQUEST, "bad_json", "The body is not valid JSON" + where + ".", form);
        } catch (IOException e) {
            throw new Refusal(Kind.BAD_REQUEST, "bad_json", "The body is not valid JSON.", form);
        }
    }
}
