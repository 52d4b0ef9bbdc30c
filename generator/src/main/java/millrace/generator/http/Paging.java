package millrace.generator.http;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import millrace.generator.store.Page;
import millrace.service.FieldProblem;
import millrace.service.Refusal;

/** Lists in parts: `?limit=50&before=ID`. */
final class Paging {
    static final int MAX = 500;
    static final int DEFAULT = 50;

    private Paging() {}

    /** @throws Refusal with everything that is wrong with the query */
    static Page read(Context ctx) {
        List<FieldProblem> problems = new ArrayList<>(Query.unknown(ctx, List.of("limit", "before")));
        Page page = new Page(
                (int) whole(ctx, "limit", MAX, DEFAULT, problems),
                whole(ctx, "before", Long.MAX_VALUE, Long.MAX_VALUE, problems));
        Query.refuse(problems);
        return page;
    }

    private static long whole(Context ctx, String name, long most, long usual, List<FieldProblem> problems) {
        List<String> given = ctx.queryParams(name);
        if (given.isEmpty()) {
            return usual;
        }
        try {
            long number = Long.parseLong(given.get(0));
            if (given.size() == 1 && number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        problems.add(new FieldProblem(name, name + " must be one whole number from 1 to " + most + "."));
        return usual;
    }

    /** A part of a list, with the address of the next one where there may be more. */
    static <T> Map<String, Object> body(String name, List<T> rows, Page page, ToLongFunction<T> id) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(name, rows);
        if (rows.size() == page.limit()) {
            long last = id.applyAsLong(rows.get(rows.size() - 1));
            body.put("next", "/" + name + "?limit=" + page.limit() + "&before=" + last);
        }
        return body;
    }
}
