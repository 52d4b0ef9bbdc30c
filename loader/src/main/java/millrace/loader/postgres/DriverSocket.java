package millrace.loader.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/** A socket for the driver, whose input is a {@link DriverInput}. */
final class DriverSocket extends Socket {
    private DriverInput input;

    @Override
    public InputStream getInputStream() throws IOException {
        return input();
    }

    synchronized DriverInput input() throws IOException {
        if (input == null) {
            input = new DriverInput(super.getInputStream());
        }
        return input;
    }
}
