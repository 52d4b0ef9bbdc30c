package millrace.loader.kinds;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A proxy before ClickHouse that takes no request line of more than 16 KB, as nginx does; a request a connection. */
final class ShortAddresses implements AutoCloseable {
    private static final int LONGEST = 16 << 10;

    private final ServerSocket socket;
    private final int target;

    /** @param target the port of ClickHouse on this machine */
    ShortAddresses(int target) throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.target = target;
        start(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = socket.accept();
                start(() -> serve(client));
            }
        } catch (IOException e) {
            // It is closed.
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "short addresses");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket client) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            InputStream in = new BufferedInputStream(client.getInputStream());
            byte[] line = requestLine(in);
            if (line.length > LONGEST) {
                client.getOutputStream()
                        .write("HTTP/1.1 414 URI Too Long\r\nContent-Length: 0\r\n\r\n"
                                .getBytes(StandardCharsets.UTF_8));
                return;
            }
            OutputStream out = server.getOutputStream();
            out.write(line);
            start(() -> pass(in, out));
            pass(server.getInputStream(), client.getOutputStream());
        } catch (IOException e) {
            // One of both is gone.
        }
    }

    private static byte[] requestLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            line.append((char) c);
            if (c == '\n') {
                break;
            }
        }
        return line.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void pass(InputStream from, OutputStream to) {
        try {
            from.transferTo(to);
        } catch (IOException e) {
            // One of both is gone.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
