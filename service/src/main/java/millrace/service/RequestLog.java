package millrace.service;

import io.javalin.http.Context;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A line for each request; healthy answers to probes are left out. */
public final class RequestLog {
    private static final Logger LOG = LoggerFactory.getLogger("http");
    private static final String NOTE = "millrace.note";

    private RequestLog() {}

    /** Adds what a request was about to its line. */
    public static void note(Context ctx, String name, Object value) {
        ctx.attribute(NOTE, " " + name + "=" + value);
    }

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
        String note = ctx.attribute(NOTE);
        LOG.info(
                "request method={} path={} status={} ms={}{}",
                ctx.method(),
                ctx.req().getRequestURI(),
                ctx.statusCode(),
                Math.round(millis),
                note == null ? "" : note);
    }
}
