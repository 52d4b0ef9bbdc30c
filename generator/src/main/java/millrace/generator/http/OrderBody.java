package millrace.generator.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import millrace.generator.store.OrderRequest;
import millrace.service.FieldProblem;

/**
 * The body of a request for an order: `{"customer_id": 3, "items": [{"product_id": 1, "quantity": 2}]}`, of which anything
 * may be left out.
 *
 * @param request what could be read
 * @param problems all that is wrong with the rest
 */
record OrderBody(OrderRequest request, List<FieldProblem> problems) {
    private static final int MAX_ITEMS = 20;
    private static final int MAX_UNITS = 100;
    private static final double MAX_EXACT = 0x1p53;
    /** Nothing is asked for: any customer, any products. */
    static final OrderBody EMPTY = new OrderBody(new OrderRequest(Optional.empty(), List.of()), List.of());

    static OrderBody of(JsonNode json) {
        List<FieldProblem> problems = new ArrayList<>();
        refuseUnknown(json, Set.of("customer_id", "items"), "#", problems);
        Optional<Long> customer = json.has("customer_id")
                ? whole(json.get("customer_id"), "#/customer_id", Long.MAX_VALUE, problems)
                : Optional.empty();
        return new OrderBody(new OrderRequest(customer, items(json, problems)), problems);
    }

    private static List<OrderRequest.Item> items(JsonNode json, List<FieldProblem> problems) {
        if (!json.has("items")) {
            return List.of();
        }
        JsonNode array = json.get("items");
        if (!array.isArray() || array.isEmpty() || array.size() > MAX_ITEMS) {
            problems.add(new FieldProblem("#/items", "items must be a list of 1 to " + MAX_ITEMS + " products."));
            return List.of();
        }
        List<OrderRequest.Item> items = new ArrayList<>();
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < array.size(); i++) {
            item(array.get(i), i, seen, problems).ifPresent(items::add);
        }
        return items;
    }

    private static Optional<OrderRequest.Item> item(
            JsonNode json, int index, Set<Long> seen, List<FieldProblem> problems) {
        String pointer = "#/items/" + index;
        if (!json.isObject()) {
            problems.add(new FieldProblem(pointer, "An item must be an object with a product_id."));
            return Optional.empty();
        }
        refuseUnknown(json, Set.of("product_id", "quantity"), pointer, problems);
        Optional<Integer> quantity = json.has("quantity")
                ? whole(json.get("quantity"), pointer + "/quantity", MAX_UNITS, problems)
                        .map(Long::intValue)
                : Optional.empty();
        if (!json.has("product_id")) {
            problems.add(new FieldProblem(pointer, "product_id is missing."));
            return Optional.empty();
        }
        Optional<Long> product = whole(json.get("product_id"), pointer + "/product_id", Long.MAX_VALUE, problems);
        if (product.isPresent() && !seen.add(product.get())) {
            problems.add(new FieldProblem(
                    pointer + "/product_id", "Product " + product.get() + " is there twice; add up its quantities."));
        }
        return product.map(id -> new OrderRequest.Item(index, id, quantity));
    }

    private static Optional<Long> whole(JsonNode json, String pointer, long most, List<FieldProblem> problems) {
        if (isWhole(json) && json.longValue() >= 1 && json.longValue() <= most) {
            return Optional.of(json.longValue());
        }
        String name = pointer.substring(pointer.lastIndexOf('/') + 1);
        problems.add(new FieldProblem(
                pointer,
                name + " must be a whole number "
                        + (most == Long.MAX_VALUE ? "greater than 0." : "from 1 to " + most + ".")));
        return Optional.empty();
    }

    /** 3.0 and 1e2 are whole numbers, too (JSON Schema Validation, 6.1.1), as far as a double tells them apart. */
    private static boolean isWhole(JsonNode json) {
        if (json.isIntegralNumber()) {
            return json.canConvertToLong();
        }
        double value = json.doubleValue();
        return json.isFloatingPointNumber() && Math.abs(value) <= MAX_EXACT && value == Math.rint(value);
    }

    private static void refuseUnknown(JsonNode json, Set<String> known, String pointer, List<FieldProblem> problems) {
        json.propertyStream()
                .map(java.util.Map.Entry::getKey)
                .filter(name -> !known.contains(name))
                .forEach(name -> problems.add(new FieldProblem(
                        pointer + "/" + name.replace("~", "~0").replace("/", "~1"),
                        "There is no field \"" + name + "\"; known are "
                                + String.join(" and ", known.stream().sorted().toList()) + ".")));
    }
}
