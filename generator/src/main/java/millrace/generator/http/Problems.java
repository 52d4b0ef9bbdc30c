package millrace.generator.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import millrace.contract.failure.Failure;
import millrace.generator.store.EmptyStore;
import millrace.generator.store.InvalidOrder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives everything that goes wrong the one form of a problem. */
final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger("http");
    private static final String SEE_DOCS = "GET /docs tells what there is.";

    private Problems() {}

    static void register(RoutesConfig routes) {
        routes.exception(Refusal.class, (refusal, ctx) -> Reply.problem(ctx, refusal.problem()));
        routes.exception(InvalidOrder.class, (e, ctx) -> Reply.problem(ctx, invalid(e)));
        routes.exception(EmptyStore.class, (e, ctx) -> Reply.problem(ctx, empty()));
        routes.exception(Failure.class, (failure, ctx) -> {
            LOG.error("database refused code={} sentence=\"{}\"", failure.code(), failure.sentence());
            Reply.problem(ctx, database(failure));
        });
        routes.exception(HttpResponseException.class, (e, ctx) -> {
            String methods = e.getDetails().get("availableMethods");
            if (methods != null) {
                ctx.header("Allow", methods);
            }
            Reply.problem(ctx, request(e, ctx, methods));
        });
        routes.exception(Exception.class, (e, ctx) -> {
            LOG.error("request broke method={} path={}", ctx.method(), ctx.req().getRequestURI(), e);
            Reply.problem(ctx, internal());
        });
    }

    static Problem internal() {
        return Problem.of(
                500,
                "internal-error",
                "The API failed",
                "The API failed while it answered this request.",
                "The reason is in its log.");
    }

    /** A request so broken that it reaches no route, or one that is too large or too slow. */
    static Problem unreadable(int status) {
        return switch (status) {
            case 408 ->
                Problem.of(
                        408,
                        "too-slow",
                        "The request takes too long",
                        "The request's body did not arrive in time.",
                        "Send it again, at once.");
            case 413 -> tooLarge();
            default ->
                Problem.of(status, "bad-request", "Not a request", "This is not a request that can be read.", SEE_DOCS);
        };
    }

    static Problem tooLarge() {
        return Problem.of(
                413,
                "body-too-large",
                "The body is too large",
                "The body is larger than " + OrderApi.MOST_BODY_BYTES + " bytes.",
                "An order is much smaller; GET /docs shows one.");
    }

    private static Problem invalid(InvalidOrder e) {
        return Problem.ofValues(
                422,
                "invalid-order",
                "The order cannot be placed",
                "Correct it and send it again. Nothing was written.",
                e.problems());
    }

    private static Problem empty() {
        return Problem.of(
                409,
                "empty-store",
                "There is nothing to order",
                "The store has no customers, or no products, to choose from.",
                "postgres/init/store has the sample data.");
    }

    private static Problem database(Failure failure) {
        return Problem.of(
                503, failure.code(), "The store's database cannot be used", failure.sentence(), failure.hint());
    }

    private static Problem request(HttpResponseException e, Context ctx, String methods) {
        String path = ctx.req().getRequestURI();
        return switch (e.getStatus()) {
            case 404 -> notFound("There is nothing at " + path + ".");
            case 405 ->
                Problem.of(
                        405,
                        "method-not-allowed",
                        "Another method is needed",
                        path + " does not know " + ctx.method() + ".",
                        "It knows " + methods + ".");
            default ->
                Problem.of(
                        e.getStatus(),
                        "bad-request",
                        "The request cannot be answered",
                        "The request cannot be answered: " + e.getMessage() + ".",
                        SEE_DOCS);
        };
    }

    static Problem notFound(String detail) {
        return Problem.of(404, "not-found", "There is no such thing", detail, SEE_DOCS);
    }
}
