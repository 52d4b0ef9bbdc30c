package millrace.webhook.http;

import static java.util.Objects.requireNonNull;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Set;
import millrace.service.Refusal;
import millrace.webhook.security.Scope;
import millrace.webhook.security.Tokens;

/** Lets through whoever may do what a request does. */
final class Guard implements Handler {
    /** Browsers ask their user for it: any name, and the token as the password. */
    static final String CHALLENGE = "Bearer, Basic realm=\"Millrace\", charset=\"UTF-8\"";

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    /** What probes ask, and what checks its senders by their signature. */
    private static final Set<String> OPEN = Set.of("/health", "/health/live", "/health/ready");

    private final Tokens tokens;

    Guard(Tokens tokens) {
        this.tokens = requireNonNull(tokens, "tokens is null");
    }

    @Override
    public void handle(Context ctx) {
        if (!OPEN.contains(ctx.path()) && !ctx.path().equals("/webhook")) {
            check(ctx, needed(ctx.req().getMethod(), ctx.path()));
        }
    }

    /** @throws Refusal when a request may not do what needs this scope */
    void check(Context ctx, Scope needed) {
        try {
            check(tokens, ctx.header("Authorization"), needed);
        } catch (Refusal refusal) {
            if (refusal.problem().status() == 401) {
                ctx.header("WWW-Authenticate", CHALLENGE);
            }
            throw refusal;
        }
    }

    /** @throws Refusal when a request with this header, which may be null, may not do what needs this scope */
    static void check(Tokens tokens, String authorization, Scope needed) {
        switch (tokens.judge(authorization, needed)) {
            case ALLOWED -> {}
            case UNKNOWN ->
                throw new Refusal(
                        Refusal.Kind.UNAUTHORIZED,
                        "token_needed",
                        "The token is missing or not known here.",
                        "Send the header Authorization: Bearer TOKEN.");
            case TOO_LITTLE ->
                throw new Refusal(
                        Refusal.Kind.FORBIDDEN,
                        "scope_needed",
                        "The token does not allow this: it needs the scope " + needed.word() + ".",
                        "Use a token with that scope.");
        }
    }

    static Scope needed(String method, String path) {
        if (path.startsWith("/api/v1/tokens") || path.startsWith("/api/v1/deliveries")) {
            return Scope.ADMIN;
        }
        return READING.contains(method) ? Scope.READ : Scope.RUN;
    }
}
