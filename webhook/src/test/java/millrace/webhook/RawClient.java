package millrace.webhook;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sends bytes as they are, and no more of them than it is told to. */
record RawClient(Socket socket) implements AutoCloseable {
    static RawClient to(int port) throws IOException {
        return new RawClient(new Socket("127.0.0.1", port));
    }

    /** One request and its whole answer. */
    static String ask(int port, String request) throws IOException {
        try (RawClient client = to(port)) {
            client.send(request);
            return client.rest();
        }
    }

    RawClient send(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** What the server still says until it ends the connection. */
    String rest() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
