package millrace.service;

import io.javalin.http.Context;

/** The answer that most endpoints give. */
public final class Reply {
    private Reply() {}

    /** Answers with a JSON body. */
    public static void json(Context ctx, int status, Object body) {
        ctx.status(status).contentType("application/json").result(Json.write(body));
    }
}
