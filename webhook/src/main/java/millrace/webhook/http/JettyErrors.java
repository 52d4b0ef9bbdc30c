package millrace.webhook.http;

import java.nio.ByteBuffer;
import millrace.webhook.Failure;
import millrace.webhook.Json;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Errors in requests so broken that they never reach a route, in the form of all others. */
final class JettyErrors extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Failure failure = response.getStatus() >= 500
                ? Errors.internal()
                : new Failure("bad_request", "This is not a request that can be read.", "GET / lists what there is.");
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.write(true, ByteBuffer.wrap(Json.write(java.util.Map.of("error", failure))), callback);
        return true;
    }
}
