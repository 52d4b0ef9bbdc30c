package millrace.loader.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.concurrent.atomic.LongAdder;
import millrace.contract.settings.PostgresSettings;
import millrace.contract.settings.PostgresTls;
import millrace.contract.settings.Secret;
import millrace.loader.servers.TestPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Copies over a connection in the clear, whose rows do not pass through the driver. */
@Tag("integration")
class CopyStreamIT {
    private final PostgresConnection connection = PostgresConnection.open(new PostgresSettings(
            "POSTGRES",
            "localhost",
            TestPostgres.server().port(),
            "postgres",
            "postgres",
            new Secret(""),
            new PostgresTls("prefer", "", "", "")));

    @AfterEach
    void close() throws SQLException {
        connection.sql().close();
    }

    private static String copy(String query) {
        return "COPY (" + query + ") TO STDOUT (FORMAT binary)";
    }

    @Test
    void takesEveryRowPastTheDriverCopyAfterCopy() throws SQLException, IOException {
        for (int count : new int[] {100_000, 0, 1}) {
            assertTrue(connection.divert(new CopyRows((bytes, offset, length) -> {})), "nothing is diverted");
            LongAdder sum = new LongAdder();
            long sent = CopyStream.read(
                    connection,
                    copy("SELECT i FROM generate_series(1, " + count + ") i"),
                    (bytes, offset, length) -> sum.add(
                            ByteBuffer.wrap(bytes, offset, length).getInt(offset + Short.BYTES + Integer.BYTES)));
            assertEquals(count, sent);
            assertEquals(count * (count + 1L) / 2, sum.sum());
        }
    }

    @Test
    void tellsAnErrorInTheMiddle() {
        LongAdder rows = new LongAdder();
        SQLException error = assertThrows(
                SQLException.class,
                () -> CopyStream.read(
                        connection,
                        copy("SELECT 1 / (50000 - i) FROM generate_series(1, 100000) i"),
                        (bytes, offset, length) -> rows.increment()));
        assertEquals("22012", error.getSQLState());
        assertEquals(49_999, rows.sum());
    }

    @Test
    void passesOnWhyARowCouldNotBeTaken() {
        IOException full = new IOException("full");
        assertEquals(
                full,
                assertThrows(
                        IOException.class,
                        () -> CopyStream.read(connection, copy("SELECT 1"), (bytes, offset, length) -> {
                            throw full;
                        })));
    }
}
