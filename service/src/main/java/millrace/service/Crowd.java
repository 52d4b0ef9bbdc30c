package millrace.service;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Keeps threads free for {@code /health}: whatever waits, or reads its answer slowly, waits in bounded number. */
final class Crowd extends Handler.Wrapper {
    private final int most;
    private final Predicate<String> uncounted;
    private final Problems problems;
    private final AtomicInteger inside = new AtomicInteger();

    /**
     * @param most how many requests there may be at once
     * @param uncounted paths that do not count among them
     */
    Crowd(int most, Predicate<String> uncounted, Problems problems) {
        this.most = most;
        this.uncounted = requireNonNull(uncounted, "uncounted is null");
        this.problems = requireNonNull(problems, "problems is null");
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (uncounted.test(request.getHttpURI().getCanonicalPath())) {
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
