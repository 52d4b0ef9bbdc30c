package millrace.generator.http;

import io.javalin.http.Context;

/** The forms of an answer. */
final class Reply {
    private Reply() {}

    static void json(Context ctx, int status, Object body) {
        ctx.status(status).contentType("application/json").result(Json.write(body));
    }

    static void problem(Context ctx, Problem problem) {
        ctx.status(problem.status()).contentType("application/problem+json").result(Json.write(problem));
    }
}
