package millrace.loader.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/** Sockets for the driver that take in all that has arrived at once: by itself it asks for 8 KiB at a time. */
public final class BufferedSockets extends SocketFactory {
    private static final int BYTES = 1 << 16;

    @Override
    public Socket createSocket() {
        return new BufferedSocket();
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw connectedLater();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw connectedLater();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw connectedLater();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) {
        throw connectedLater();
    }

    private static UnsupportedOperationException connectedLater() {
        return new UnsupportedOperationException("the driver makes a socket first and connects it later");
    }

    private static final class BufferedSocket extends Socket {
        private InputStream input;

        @Override
        public synchronized InputStream getInputStream() throws IOException {
            if (input == null) {
                input = new BufferedInput(super.getInputStream());
            }
            return input;
        }
    }

    /** Reads the socket once a filling. The JDK's own also asks how much has arrived, which is one more system call. */
    private static final class BufferedInput extends InputStream {
        private final InputStream socket;
        private final byte[] buffer = new byte[BYTES];
        private int position;
        private int end;

        BufferedInput(InputStream socket) {
            this.socket = socket;
        }

        @Override
        public int read() throws IOException {
            return fill() ? Byte.toUnsignedInt(buffer[position++]) : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (position == end && length >= BYTES) {
                return socket.read(target, offset, length);
            }
            if (length > 0 && !fill()) {
                return -1;
            }
            int count = Math.min(length, end - position);
            System.arraycopy(buffer, position, target, offset, count);
            position += count;
            return count;
        }

        @Override
        public int available() throws IOException {
            return end - position + socket.available();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }

        /** Leaves nothing behind that looks read when the socket fails, as it does after its timeout. */
        private boolean fill() throws IOException {
            if (position < end) {
                return true;
            }
            position = 0;
            end = 0;
            end = Math.max(0, socket.read(buffer, 0, BYTES));
            return end > 0;
        }
    }
}
