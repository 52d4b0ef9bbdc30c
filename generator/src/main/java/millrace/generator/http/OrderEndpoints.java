package millrace.generator.http;

import static java.util.Objects.requireNonNull;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;
import java.util.Optional;
import millrace.generator.store.Customer;
import millrace.generator.store.EmptyStore;
import millrace.generator.store.InvalidOrder;
import millrace.generator.store.Order;
import millrace.generator.store.Page;
import millrace.generator.store.Product;
import millrace.generator.store.Store;
import millrace.service.BadBody;
import millrace.service.JsonBody;
import millrace.service.Refusal;
import millrace.service.Reply;
import millrace.service.RequestLog;

/** Placing orders and looking at what the store has. */
final class OrderEndpoints {
    private final Store store;

    OrderEndpoints(Store store) {
        this.store = requireNonNull(store, "store is null");
    }

    void register(RoutesConfig routes) {
        routes.post("/generate_order", this::place);
        routes.get("/orders", ctx -> {
            Page page = Paging.read(ctx);
            Reply.json(ctx, 200, Paging.body("orders", store.orders(page), page, Order::orderId));
        });
        routes.get("/orders/{id}", this::order);
        routes.get("/customers", ctx -> {
            Page page = Paging.read(ctx);
            Reply.json(ctx, 200, Paging.body("customers", store.customers(page), page, Customer::customerId));
        });
        routes.get("/products", ctx -> {
            Page page = Paging.read(ctx);
            Reply.json(ctx, 200, Paging.body("products", store.products(page), page, Product::productId));
        });
        routes.get("/health", ctx -> {
            store.ping();
            Reply.json(ctx, 200, Map.of("status", "healthy"));
        });
    }

    private void place(Context ctx) throws InvalidOrder, EmptyStore {
        Query.refuseAny(ctx);
        OrderBody body = body(ctx);
        Order order = store.place(body.request(), body.problems());
        RequestLog.note(ctx, "order_id", order.orderId());
        ctx.header("Location", "/orders/" + order.orderId());
        Reply.json(ctx, 201, order);
    }

    private void order(Context ctx) {
        Query.refuseAny(ctx);
        String id = ctx.pathParam("id");
        Order order = (id.matches("[0-9]{1,18}") ? store.order(Long.parseLong(id)) : Optional.<Order>empty())
                .orElseThrow(() -> new Refusal(OrderSentences.missing("There is no such order.")));
        Reply.json(ctx, 200, order);
    }

    private static OrderBody body(Context ctx) {
        try {
            byte[] body = JsonBody.bytes(ctx);
            return body.length == 0 ? OrderBody.EMPTY : OrderBody.of(JsonBody.object(ctx, body));
        } catch (BadBody e) {
            throw new Refusal(OrderSentences.badBody(e));
        }
    }
}
