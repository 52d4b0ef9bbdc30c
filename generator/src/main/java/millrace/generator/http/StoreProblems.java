package millrace.generator.http;

import io.javalin.config.RoutesConfig;
import millrace.contract.failure.Failure;
import millrace.generator.store.EmptyStore;
import millrace.generator.store.InvalidOrder;
import millrace.service.Problem;
import millrace.service.Problems;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the store says no to, as problems. */
final class StoreProblems {
    private static final Logger LOG = LoggerFactory.getLogger("http");

    private StoreProblems() {}

    static void register(RoutesConfig routes, Problems problems) {
        routes.exception(InvalidOrder.class, (e, ctx) -> problems.reply(ctx, invalid(e)));
        routes.exception(EmptyStore.class, (e, ctx) -> problems.reply(ctx, empty()));
        routes.exception(Failure.class, (failure, ctx) -> {
            LOG.error("database refused code={} sentence=\"{}\"", failure.code(), failure.sentence());
            problems.reply(ctx, database(failure));
        });
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
}
