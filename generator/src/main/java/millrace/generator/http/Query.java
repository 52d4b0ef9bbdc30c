package millrace.generator.http;

import io.javalin.http.Context;
import java.util.List;
import millrace.service.FieldProblem;
import millrace.service.Problem;
import millrace.service.Refusal;

/** What an address may have after its question mark. */
final class Query {
    private Query() {}

    /** A sentence for each parameter that an address does not know. */
    static List<FieldProblem> unknown(Context ctx, List<String> known) {
        String rest = known.isEmpty() ? "this address has none." : "known are " + String.join(" and ", known) + ".";
        return ctx.queryParamMap().keySet().stream()
                .filter(name -> !known.contains(name))
                .map(name -> new FieldProblem(name, "There is no parameter \"" + name + "\"; " + rest))
                .toList();
    }

    /** @throws Refusal when there is a parameter: what it asks for would not be done */
    static void refuseAny(Context ctx) {
        refuse(unknown(ctx, List.of()));
    }

    /** @throws Refusal when there are problems */
    static void refuse(List<FieldProblem> problems) {
        if (!problems.isEmpty()) {
            throw new Refusal(Problem.ofValues(
                    400, "bad-query", "The query is not understood", "GET /docs tells the parameters.", problems));
        }
    }
}
