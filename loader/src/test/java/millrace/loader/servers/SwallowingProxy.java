package millrace.loader.servers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** Stands before ClickHouse, has it refuse the rows of every INSERT, and answers 200 to all that is asked. */
public final class SwallowingProxy implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpServer server;
    private final int to;
    private final boolean passesReasonsOn;

    /** @param passesReasonsOn whether the body of an answer stays as it is, and only the status is lost */
    public SwallowingProxy(int to, boolean passesReasonsOn) {
        this.to = to;
        this.passesReasonsOn = passesReasonsOn;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::answer);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] asked = exchange.getRequestBody().readAllBytes();
        boolean insert = new String(asked, StandardCharsets.ISO_8859_1).contains(" FORMAT Native\n");
        String settings = insert ? "&min_free_disk_bytes_to_perform_insert=1000000000000000" : "";
        byte[] body = passed(exchange, asked, settings).body();
        byte[] told = insert && !passesReasonsOn ? new byte[0] : body;
        exchange.getResponseHeaders().add("X-ClickHouse-Summary", "{}");
        exchange.sendResponseHeaders(200, told.length == 0 ? -1 : told.length);
        if (told.length > 0) {
            exchange.getResponseBody().write(told);
        }
        exchange.close();
    }

    private HttpResponse<byte[]> passed(HttpExchange exchange, byte[] asked, String settings) throws IOException {
        URI address = URI.create("http://127.0.0.1:" + to + exchange.getRequestURI() + settings);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).POST(HttpRequest.BodyPublishers.ofByteArray(asked));
        request.header("Authorization", exchange.getRequestHeaders().getFirst("Authorization"));
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
