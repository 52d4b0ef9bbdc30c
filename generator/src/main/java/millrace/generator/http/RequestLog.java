package millrace.generator.http;

import io.javalin.http.Context;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A line for each request; healthy answers to probes are left out. */
final class RequestLog {
    /** The attribute of a request that names the order it has placed. */
    static final String ORDER = "order_id";

    private static final Logger LOG = LoggerFactory.getLogger("http");

    private RequestLog() {}

    /** A request that was refused before it reached a route. */
    static void refused(Request request, int status) {
        LOG.info(
                "request method={} path={} status={}",
                request.getMethod(),
                request.getHttpURI().getPath(),
                status);
    }

    static void log(Context ctx, Float millis) {
        if (ctx.path().equals("/health") && ctx.statusCode() == 200) {
            return;
        }
        Long order = ctx.attribute(ORDER);
        LOG.info(
                "request method={} path={} status={} ms={}{}",
                ctx.method(),
                ctx.req().getRequestURI(),
                ctx.statusCode(),
                Math.round(millis),
                order == null ? "" : " order_id=" + order);
    }
}
