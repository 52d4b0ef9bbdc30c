package millrace.loader.run;

import java.io.IOException;

/** Takes rows in Postgres' binary tuple format, one at a time. */
@FunctionalInterface
public interface RowConsumer {
    /** @param bytes holds the row from offset on; it may be used again as soon as this returns */
    void row(byte[] bytes, int offset, int length) throws IOException;
}
