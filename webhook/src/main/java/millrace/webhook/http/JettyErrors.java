package millrace.webhook.http;

import millrace.webhook.Failure;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Errors in requests so broken that they never reach a route, in the form of all others. */
final class JettyErrors extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        Door.secure(response.getHeaders());
        Failure failure = status >= 500
                ? Errors.internal()
                : new Failure("bad_request", "This is not a request that can be read.", "GET / lists what there is.");
        Raw.failure(response, callback, status, failure);
        return true;
    }
}
