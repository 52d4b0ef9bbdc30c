package millrace.service;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Keeps threads free for {@code /health}: whatever waits, or reads its answer slowly, waits in bounded number. */
final class Crowd extends Handler.Wrapper {
    private final int most;
    private final Problems problems;
    private final AtomicInteger inside = new AtomicInteger();

    /** @param most how many other requests there may be at once */
    Crowd(int most, Problems problems) {
        this.most = most;
        this.problems = requireNonNull(problems, "problems is null");
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (request.getHttpURI().getCanonicalPath().equals("/health")) {
            return super.handle(request, response, callback);
        }
        if (inside.incrementAndGet() > most) {
            inside.decrementAndGet();
            response.getHeaders().put("Retry-After", "1");
            problems.answerLast(
                    request, response, callback, problems.sentences().crowded(most));
            return true;
        }
        Request.addCompletionListener(request, failure -> inside.decrementAndGet());
        return super.handle(request, response, callback);
    }
}
