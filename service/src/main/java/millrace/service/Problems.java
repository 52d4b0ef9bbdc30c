package millrace.service;

import static java.util.Objects.requireNonNull;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives everything that goes wrong the one form of a problem. */
public final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger("http");
    private static final String TYPE = "application/problem+json";

    private final Sentences sentences;

    public Problems(Sentences sentences) {
        this.sentences = requireNonNull(sentences, "sentences is null");
    }

    /** Answers whatever a route throws. */
    public void register(RoutesConfig routes) {
        routes.exception(Refusal.class, (refusal, ctx) -> reply(ctx, refusal.problem()));
        routes.exception(HttpResponseException.class, (e, ctx) -> {
            String methods = e.getDetails().get("availableMethods");
            if (methods != null) {
                ctx.header("Allow", methods);
            }
            reply(ctx, problem(e, ctx, methods));
        });
        routes.exception(Exception.class, (e, ctx) -> {
            LOG.error("request broke method={} path={}", ctx.method(), ctx.req().getRequestURI(), e);
            reply(ctx, sentences.broken());
        });
    }

    /** Answers a request that came to a route. */
    public void reply(Context ctx, Problem problem) {
        ctx.status(problem.status()).contentType(TYPE).result(Json.write(sentences.form(problem)));
    }

    /** Answers a request before it has come to a route. */
    public void answer(Request request, Response response, Callback callback, Problem problem) {
        RequestLog.refused(request, problem.status());
        response.setStatus(problem.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, TYPE);
        response.write(true, ByteBuffer.wrap(Json.write(sentences.form(problem))), callback);
    }

    /** The same, and ends the connection: what is left of the request is not read. */
    void answerLast(Request request, Response response, Callback callback, Problem problem) {
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        answer(request, response, callback, problem);
    }

    Sentences sentences() {
        return sentences;
    }

    private Problem problem(HttpResponseException e, Context ctx, String methods) {
        String path = ctx.req().getRequestURI();
        return switch (e.getStatus()) {
            case 404 -> sentences.notFound(path);
            case 405 -> sentences.wrongMethod(path, ctx.method().toString(), methods);
            default -> sentences.unanswerable(e.getStatus(), e.getMessage());
        };
    }
}
