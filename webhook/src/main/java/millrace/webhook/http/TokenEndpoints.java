package millrace.webhook.http;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;
import java.util.Set;
import millrace.service.Refusal;
import millrace.service.Refusal.Kind;
import millrace.service.Reply;
import millrace.webhook.security.Scope;
import millrace.webhook.security.Tokens;

/** Giving out tokens and taking them back. */
final class TokenEndpoints {
    private static final String FORM =
            "The body is {\"name\":\"ci\",\"scope\":\"run\"}; scopes are read, run and admin.";

    private final Tokens tokens;

    TokenEndpoints(Tokens tokens) {
        this.tokens = requireNonNull(tokens, "tokens is null");
    }

    void register(RoutesConfig routes) {
        routes.post("/api/v1/tokens", this::make);
        routes.get("/api/v1/tokens", ctx -> Reply.json(ctx, 200, Map.of("tokens", tokens.list())));
        routes.delete("/api/v1/tokens/{name}", this::withdraw);
    }

    private void make(Context ctx) {
        JsonNode body = Body.json(ctx, FORM);
        String name = body.path("name").asText();
        boolean known =
                body.propertyStream().allMatch(entry -> Set.of("name", "scope").contains(entry.getKey()));
        if (!known || !name.matches("[a-z][a-z0-9_-]{0,63}")) {
            throw new Refusal(
                    Kind.UNPROCESSABLE,
                    "bad_token_name",
                    "The name is not up to 64 lower-case letters, digits, _ and -, a letter first.",
                    FORM);
        }
        Scope scope = Scope.of(body.path("scope").asText())
                .orElseThrow(() -> new Refusal(Kind.UNPROCESSABLE, "bad_scope", "The scope is none there is.", FORM));
        String token = tokens.make(name, scope)
                .orElseThrow(() -> new Refusal(
                        Kind.CONFLICT,
                        "token_exists",
                        "There is a token of that name.",
                        "Choose another name, or withdraw that one: DELETE /api/v1/tokens/" + name));
        Reply.json(ctx, 201, Map.of("name", name, "scope", scope.word(), "token", token));
    }

    private void withdraw(Context ctx) {
        if (!tokens.withdraw(ctx.pathParam("name"))) {
            throw new Refusal(
                    Kind.NOT_FOUND, "unknown_token", "There is no such token.", "Those there are: GET /api/v1/tokens");
        }
        ctx.status(204);
    }
}
