package millrace.loader.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import millrace.loader.run.RowConsumer;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** Reads a binary COPY: a header, then a message a row, then a message that says it was the last. */
final class CopyStream {
    private static final int SIGNATURE = 11;
    private static final int HEADER = SIGNATURE + 2 * Integer.BYTES;
    private static final int TRAILER = Short.BYTES;

    private CopyStream() {}

    /** Passes on every row and returns how many the server says it sent. */
    static long read(Connection connection, String copy, RowConsumer rows) throws SQLException, IOException {
        CopyOut stream = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(copy);
        boolean ended = false;
        try {
            byte[] message = stream.readFromCopy();
            int offset = message == null ? 0 : HEADER + ByteBuffer.wrap(message).getInt(HEADER - Integer.BYTES);
            while (message != null) {
                int length = message.length - offset;
                if (length > TRAILER) {
                    rows.row(message, offset, length);
                }
                message = stream.readFromCopy();
                offset = 0;
            }
            ended = true;
            return stream.getHandledRowCount();
        } finally {
            if (!ended) {
                PostgresConnection.abort(connection);
            }
        }
    }
}
