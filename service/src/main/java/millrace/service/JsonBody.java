package millrace.service;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** The body of a request that must be a JSON object. */
public final class JsonBody {
    private JsonBody() {}

    /**
     * The body as it came.
     *
     * @throws BadBody when it did not come to its end
     */
    public static byte[] bytes(Context ctx) throws BadBody {
        try {
            return ctx.bodyInputStream().readAllBytes();
        } catch (IOException e) {
            throw new BadBody(BadBody.Kind.CUT_OFF, "The body ended early.");
        }
    }

    /**
     * What the body holds, if its headers call it JSON.
     *
     * @throws BadBody when they do not, or it is no JSON object
     */
    public static JsonNode object(Context ctx, byte[] body) throws BadBody {
        Optional<String> objection = objection(ctx);
        if (objection.isPresent()) {
            throw new BadBody(BadBody.Kind.NOT_JSON, objection.get());
        }
        return object(body);
    }

    /**
     * What the body holds, whatever its headers call it.
     *
     * @throws BadBody when it is no JSON object, with the place where it stops being JSON
     */
    public static JsonNode object(byte[] body) throws BadBody {
        JsonNode json;
        try {
            json = Json.readTree(body);
        } catch (JsonProcessingException e) {
            throw new BadBody(BadBody.Kind.BAD_JSON, "The body is not valid JSON" + place(e.getLocation()) + ".");
        } catch (IOException e) {
            throw new BadBody(BadBody.Kind.BAD_JSON, "The body is not valid JSON.");
        }
        if (!json.isObject()) {
            throw new BadBody(BadBody.Kind.NOT_OBJECT, "The body is not a JSON object.");
        }
        return json;
    }

    private static String place(JsonLocation location) {
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }

    /**
     * Why it is not: a sentence; empty when it is.
     *
     * <p>JSON that travels is UTF-8 (RFC 8259, 8.1), and nothing here undoes a Content-Encoding (RFC 9110, 8.4).
     */
    private static Optional<String> objection(Context ctx) {
        String encoding = ctx.header("Content-Encoding");
        if (encoding != null && !encoding.isBlank() && !encoding.strip().equalsIgnoreCase("identity")) {
            return Optional.of("The body has a Content-Encoding; it must come as it is.");
        }
        String[] parts = Optional.ofNullable(ctx.contentType()).orElse("").split(";");
        if (!parts[0].strip().equalsIgnoreCase("application/json")) {
            return Optional.of("The body's Content-Type is not application/json.");
        }
        boolean foreign = Arrays.stream(parts)
                .skip(1)
                .map(String::strip)
                .filter(part -> part.regionMatches(true, 0, "charset=", 0, 8))
                .map(part -> part.substring(8).strip().replace("\"", ""))
                .anyMatch(charset -> !charset.equalsIgnoreCase("utf-8"));
        return foreign ? Optional.of("The body's charset is not UTF-8, as that of JSON is.") : Optional.empty();
    }
}
