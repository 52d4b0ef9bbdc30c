package millrace.webhook.http;

import java.nio.ByteBuffer;
import java.util.Map;
import millrace.webhook.Failure;
import millrace.webhook.Json;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers given before a request has reached a route. */
final class Raw {
    private Raw() {}

    /** Answers with an error body. */
    static void failure(Response response, Callback callback, int status, Failure failure) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.write(true, ByteBuffer.wrap(Json.write(Map.of("error", failure))), callback);
    }

    /** The same, and ends the connection: what is left of the request is not read. */
    static void lastFailure(Response response, Callback callback, int status, Failure failure) {
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        failure(response, callback, status, failure);
    }
}
