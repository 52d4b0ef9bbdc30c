package millrace.webhook.http;

import io.javalin.http.Context;
import java.util.Optional;
import java.util.regex.Pattern;
import millrace.service.Digest;
import millrace.service.Refusal;
import millrace.webhook.service.Order;

/** The header by which a client that sends a request again is answered as it was the first time. */
final class IdempotencyKey {
    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,200}");

    private IdempotencyKey() {}

    /**
     * The key of a request, if it has one.
     *
     * @param asked what it asks for, in a form that is the same whenever the same is asked for
     * @throws Refusal when the header is not a key
     */
    static Optional<Order.Key> of(Context ctx, String asked) {
        String key = ctx.header("Idempotency-Key");
        if (key == null) {
            return Optional.empty();
        }
        if (!FORM.matcher(key).matches()) {
            throw new Refusal(
                    Refusal.Kind.BAD_REQUEST,
                    "bad_idempotency_key",
                    "The Idempotency-Key is not 1 to 200 visible characters.",
                    "A UUID is a good key.");
        }
        return Optional.of(new Order.Key(key, Digest.sha256(asked)));
    }
}
