package millrace.loader.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import millrace.loader.run.RowConsumer;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** Reads a binary COPY. */
final class CopyStream {
    private CopyStream() {}

    /** Passes on every row and returns how many the server says it sent. */
    static long read(PostgresConnection connection, String copy, RowConsumer consumer)
            throws SQLException, IOException {
        CopyRows rows = new CopyRows(consumer);
        connection.divert(rows);
        CopyOut stream =
                connection.sql().unwrap(PGConnection.class).getCopyAPI().copyOut(copy);
        boolean ended = false;
        try {
            // Where the rows are diverted the driver finds no message before the end.
            byte[] message = stream.readFromCopy();
            while (message != null) {
                rows.message(message, 0, message.length);
                message = stream.readFromCopy();
            }
            ended = true;
            return stream.getHandledRowCount();
        } catch (SQLException e) {
            SQLException reason = connection.reason(e);
            // The server waits for the next statement, which may find out more.
            ended = ServerWords.of(reason).own();
            throw reason;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            if (!ended) {
                connection.abort();
            }
        }
    }
}
