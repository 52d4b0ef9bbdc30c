package millrace.webhook.http;

import static java.util.Objects.requireNonNull;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import millrace.service.Refusal;
import millrace.service.Reply;
import millrace.webhook.outgoing.Delivery;
import millrace.webhook.store.DeliveryTable;

/** The log of messages to targets: {@code ?limit=50&before=NUMBER}. */
final class DeliveryEndpoints {
    private static final Set<String> KNOWN = Set.of("limit", "before");
    private static final int MAX = 500;
    private static final int DEFAULT = 100;

    private final DeliveryTable table;

    DeliveryEndpoints(DeliveryTable table) {
        this.table = requireNonNull(table, "table is null");
    }

    void register(RoutesConfig routes) {
        routes.get("/api/v1/deliveries", this::list);
    }

    private void list(Context ctx) {
        if (!KNOWN.containsAll(ctx.queryParamMap().keySet())) {
            throw bad("There are other parameters than limit and before.");
        }
        int limit = (int) number(ctx, "limit", DEFAULT, MAX);
        List<Delivery> deliveries = table.list(number(ctx, "before", Long.MAX_VALUE, Long.MAX_VALUE), limit);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("deliveries", deliveries);
        if (deliveries.size() == limit) {
            body.put(
                    "next",
                    "/api/v1/deliveries?limit=" + limit + "&before="
                            + deliveries.get(limit - 1).number());
        }
        Reply.json(ctx, 200, body);
    }

    private static long number(Context ctx, String name, long fallback, long most) {
        List<String> values = ctx.queryParams(name);
        if (values.isEmpty()) {
            return fallback;
        }
        if (values.size() > 1
                || !values.get(0).matches("[0-9]{1,18}")
                || Long.parseLong(values.get(0)) < 1
                || Long.parseLong(values.get(0)) > most) {
            throw bad(name + " must be one whole number from 1" + (most == Long.MAX_VALUE ? "." : " to " + most + "."));
        }
        return Long.parseLong(values.get(0));
    }

    private static Refusal bad(String sentence) {
        return new Refusal(Refusal.Kind.BAD_REQUEST, "bad_query", sentence, "GET /docs tells the parameters.");
    }
}
