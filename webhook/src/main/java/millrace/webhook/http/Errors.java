package millrace.webhook.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.util.Optional;
import millrace.webhook.Failure;
import millrace.webhook.Refusal;
import millrace.webhook.service.RunActive;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives everything that goes wrong the one form of an error body. */
final class Errors {
    private static final Logger LOG = LoggerFactory.getLogger("http");
    private static final String SEE_LIST = "GET / lists what there is.";

    private Errors() {}

    static void register(RoutesConfig routes) {
        routes.exception(Refusal.class, (refusal, ctx) -> Reply.refusal(ctx, refusal));
        routes.exception(RunActive.class, (conflict, ctx) -> Reply.conflict(ctx, conflict));
        routes.exception(HttpResponseException.class, (e, ctx) -> {
            allowed(e).ifPresent(methods -> ctx.header("Allow", methods));
            Reply.failure(ctx, e.getStatus(), failure(e, ctx));
        });
        routes.exception(Exception.class, (e, ctx) -> {
            LOG.error("request broke method={} path={}", ctx.method(), ctx.path(), e);
            Reply.failure(ctx, 500, internal());
        });
    }

    static Failure internal() {
        return new Failure(
                "internal_error",
                "The webhook failed while it answered this request.",
                "The reason is in the webhook's log.");
    }

    private static Failure failure(HttpResponseException e, Context ctx) {
        return switch (e.getStatus()) {
            case 404 -> new Failure("not_found", "There is nothing at " + ctx.path() + ".", SEE_LIST);
            case 405 ->
                new Failure(
                        "method_not_allowed",
                        ctx.path() + " does not know " + ctx.method() + ".",
                        "It knows " + allowed(e).orElse("other methods") + ".");
            default -> new Failure("bad_request", "The request cannot be answered: " + e.getMessage() + ".", SEE_LIST);
        };
    }

    private static Optional<String> allowed(HttpResponseException e) {
        return Optional.ofNullable(e.getDetails().get("availableMethods"));
    }
}
