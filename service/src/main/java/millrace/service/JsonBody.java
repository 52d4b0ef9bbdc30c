package millrace.service;

import io.javalin.http.Context;
import java.util.Arrays;
import java.util.Optional;

/** Whether the body of a request says of itself that it is JSON which can be read as it came. */
public final class JsonBody {
    private JsonBody() {}

    /**
     * Why it is not: a sentence; empty when it is.
     *
     * <p>JSON that travels is UTF-8 (RFC 8259, 8.1), and nothing here undoes a Content-Encoding (RFC 9110, 8.4).
     */
    public static Optional<String> objection(Context ctx) {
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
