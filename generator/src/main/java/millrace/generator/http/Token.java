package millrace.generator.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.security.MessageDigest;
import java.util.Set;
import millrace.contract.settings.Secret;
import millrace.service.Problem;
import millrace.service.Refusal;

/** Lets only those change something who know the API's token. */
final class Token implements Handler {
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final Secret token;

    Token(Secret token) {
        this.token = requireNonNull(token, "token is null");
    }

    @Override
    public void handle(Context ctx) {
        if (READING.contains(ctx.req().getMethod())) {
            return;
        }
        String given = ctx.req().getHeader("Authorization");
        byte[] right = ("Bearer " + token.value()).getBytes(UTF_8);
        if (given == null || !MessageDigest.isEqual(right, given.getBytes(UTF_8))) {
            ctx.header("WWW-Authenticate", "Bearer");
            throw new Refusal(Problem.of(
                    401,
                    "token-needed",
                    "The token is missing or wrong",
                    "Requests that change something need the API's token.",
                    "Send the header Authorization: Bearer, with the value of ORDER_API_TOKEN."));
        }
    }
}
