package millrace.loader.postgres;

import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.SocketFactory;

/**
 * Makes sockets for the driver. The driver is told this class by its name and makes one of its own for each connection, with
 * a ticket as its argument; by that ticket the connection's socket is found again.
 */
public final class DriverSockets extends SocketFactory {
    private static final Map<String, DriverSockets> MADE = new ConcurrentHashMap<>();
    private static final AtomicLong TICKETS = new AtomicLong();

    private volatile DriverSocket latest;

    /** For the driver. */
    public DriverSockets(String ticket) {
        MADE.put(ticket, this);
    }

    static String newTicket() {
        return Long.toString(TICKETS.incrementAndGet());
    }

    /** The socket of the connection that was opened with this ticket, which is used up; null when there is none. */
    static DriverSocket redeem(String ticket) {
        DriverSockets made = MADE.remove(ticket);
        return made == null ? null : made.latest;
    }

    @Override
    public Socket createSocket() {
        latest = new DriverSocket();
        return latest;
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
}
