package millrace.service;

import static java.util.Objects.requireNonNull;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Errors in requests so broken that they never reach a route, in the form of all others. */
final class JettyErrors extends ErrorHandler {
    private final Problems problems;

    JettyErrors(Problems problems) {
        this.problems = requireNonNull(problems, "problems is null");
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        Sentences sentences = problems.sentences();
        Door.secure(response.getHeaders());
        problems.answer(request, response, callback, status >= 500 ? sentences.broken() : sentences.unreadable(status));
        return true;
    }
}
