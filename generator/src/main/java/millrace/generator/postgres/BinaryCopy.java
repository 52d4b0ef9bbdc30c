package millrace.generator.postgres;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.postgresql.copy.CopyIn;

/** Writes rows in the binary format of COPY, field by field. */
public final class BinaryCopy {
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");
    private static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);
    private static final int CAPACITY = 1 << 16;
    private static final int LARGEST_FIELD = 1 << 12;

    private final CopyIn copy;
    private final ByteBuffer buffer = ByteBuffer.allocate(CAPACITY);

    BinaryCopy(CopyIn copy) {
        this.copy = copy;
        buffer.put(SIGNATURE).putInt(0).putInt(0);
    }

    /** Begins a row. */
    public BinaryCopy row(int fields) throws SQLException {
        if (buffer.remaining() < LARGEST_FIELD) {
            flush();
        }
        buffer.putShort((short) fields);
        return this;
    }

    public BinaryCopy integer(int value) {
        buffer.putInt(Integer.BYTES).putInt(value);
        return this;
    }

    public BinaryCopy date(LocalDate value) {
        return integer((int) FIRST_DAY.until(value, ChronoUnit.DAYS));
    }

    /** A timestamptz, in microseconds since 1970. */
    public BinaryCopy time(long micros) {
        buffer.putInt(Long.BYTES).putLong(micros - ChronoUnit.MICROS.between(Instant.EPOCH, EPOCH));
        return this;
    }

    /** Text of at most 100 characters. */
    public BinaryCopy text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        buffer.putInt(bytes.length).put(bytes);
        return this;
    }

    /** A numeric with two decimal places, not negative. */
    public BinaryCopy cents(long cents) {
        // Digits of base 10,000: those before the point, then one for the cents.
        long whole = cents / 100;
        int digits = whole == 0 ? 0 : whole < 10_000 ? 1 : whole < 100_000_000 ? 2 : 3;
        buffer.putInt(8 + 2 * (digits + 1));
        buffer.putShort((short) (digits + 1));
        buffer.putShort((short) (digits - 1)).putShort((short) 0).putShort((short) 2);
        for (int i = digits - 1; i >= 0; i--) {
            buffer.putShort((short) (whole / (long) Math.pow(10_000, i) % 10_000));
        }
        buffer.putShort((short) (cents % 100 * 100));
        return this;
    }

    void end() throws SQLException {
        buffer.putShort((short) -1);
        flush();
        copy.endCopy();
    }

    private void flush() throws SQLException {
        copy.writeToCopy(buffer.array(), 0, buffer.position());
        buffer.clear();
    }
}
