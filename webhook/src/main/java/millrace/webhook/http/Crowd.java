package millrace.webhook.http;

import java.util.concurrent.atomic.AtomicInteger;
import millrace.webhook.Failure;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Keeps threads free for {@code /health}: whatever waits, for dbt or for a client that reads slowly, waits in bounded number. */
final class Crowd extends Handler.Wrapper {
    private final int most;
    private final AtomicInteger inside = new AtomicInteger();

    /** @param most how many other requests there may be at once */
    Crowd(int most) {
        this.most = most;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (request.getHttpURI().getCanonicalPath().equals("/health")) {
            return super.handle(request, response, callback);
        }
        if (inside.incrementAndGet() > most) {
            inside.decrementAndGet();
            response.getHeaders().put("Retry-After", "1");
            Raw.lastFailure(
                    response,
                    callback,
                    503,
                    new Failure("too_many_requests", "The webhook answers " + most + " others.", "Try again soon."));
            return true;
        }
        Request.addCompletionListener(request, failure -> inside.decrementAndGet());
        return super.handle(request, response, callback);
    }
}
