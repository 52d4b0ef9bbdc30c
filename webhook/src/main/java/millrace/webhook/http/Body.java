package millrace.webhook.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import millrace.service.BadBody;
import millrace.service.JsonBody;
import millrace.service.Refusal;
import millrace.service.Refusal.Kind;

/** The body of a request, and what the webhook says of one that cannot be read. */
final class Body {
    private Body() {}

    /** As it came. */
    static byte[] bytes(Context ctx) {
        try {
            return JsonBody.bytes(ctx);
        } catch (BadBody e) {
            throw refusal(e, "Send it again.");
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
        try {
            return JsonBody.object(ctx, body);
        } catch (BadBody e) {
            throw refusal(e, form);
        }
    }

    static JsonNode json(byte[] body, String form) {
        try {
            return JsonBody.object(body);
        } catch (BadBody e) {
            throw refusal(e, form);
        }
    }

    private static Refusal refusal(BadBody e, String form) {
        String sentence = e.getMessage();
        return switch (e.kind()) {
            case CUT_OFF -> new Refusal(Kind.BAD_REQUEST, "body_cut_off", sentence, form);
            case NOT_JSON ->
                new Refusal(Kind.NOT_JSON, "not_json", sentence, "Send the header Content-Type: application/json.");
            case BAD_JSON -> new Refusal(Kind.BAD_REQUEST, "bad_json", sentence, form);
            case NOT_OBJECT -> new Refusal(Kind.BAD_REQUEST, "bad_body", sentence, form);
        };
    }
}
