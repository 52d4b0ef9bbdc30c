package millrace.loader.postgres;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DriverInputTest {
    private static final int MUCH = 1 << 20;
    private static final String HEADER = "PGCOPY\n\377\r\n\0" + "\0\0\0\0" + "\0\0\0\0";
    private static final String TRAILER = "\377\377";
    private static final String READY = message('Z', "T");
    private static final String BEGUN = message('H', "\1\0\0");
    private static final String DONE = message('c', "") + message('C', "COPY 3\0") + READY;

    private final List<String> rows = new ArrayList<>();

    private static String message(char kind, String content) {
        byte[] length = ByteBuffer.allocate(Integer.BYTES)
                .putInt(Integer.BYTES + content.length())
                .array();
        return kind + new String(length, ISO_8859_1) + content;
    }

    /** A stream of which no more than so many bytes ever arrive together. */
    private static InputStream stream(int atOnce, String... sent) {
        return new ByteArrayInputStream(String.join("", sent).getBytes(ISO_8859_1)) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, atOnce));
            }
        };
    }

    /** The input of a driver that has just read that the server waits for a statement. */
    private static DriverInput ready(int atOnce, String... sent) throws IOException {
        DriverInput input = new DriverInput(new SequenceInputStream(stream(MUCH, READY), stream(atOnce, sent)));
        assertEquals(READY, read(input, READY.length()));
        return input;
    }

    private CopyRows taker() {
        return new CopyRows((bytes, offset, length) -> rows.add(new String(bytes, offset, length, ISO_8859_1)));
    }

    private static String read(InputStream input, int length) throws IOException {
        return new String(input.readNBytes(length), ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 64, MUCH})
    void takesRowsAndLeavesTheRestToTheDriver(int atOnce) throws IOException {
        String large = "x".repeat(200_000);
        DriverInput input = ready(
                atOnce,
                BEGUN,
                message('d', HEADER + "first"),
                message('N', "a notice\0"),
                message('d', large),
                message('d', "last"),
                message('d', TRAILER),
                DONE);
        assertTrue(input.divert(taker()));
        assertEquals(BEGUN + message('N', "a notice\0") + DONE, read(input, MUCH));
        assertEquals(List.of("first", large, "last"), rows);
    }

    @Test
    void takesTheRowsOfOneCopyOnly() throws IOException {
        String copy = BEGUN + message('d', HEADER + "one") + message('d', TRAILER) + DONE;
        DriverInput input = ready(MUCH, copy, copy);
        assertTrue(input.divert(taker()));
        assertEquals(BEGUN + DONE, read(input, BEGUN.length() + DONE.length()));
        assertEquals(copy, read(input, MUCH));
        assertEquals(List.of("one"), rows);
    }

    @Test
    void endsWithTheErrorOfACopy() throws IOException {
        String error = message('E', "SERROR\0C22012\0Mdivision by zero\0\0");
        DriverInput input = ready(MUCH, BEGUN, message('d', HEADER + "one"), error, READY, "more");
        assertTrue(input.divert(taker()));
        assertEquals(BEGUN + error + READY + "more", read(input, MUCH));
        assertEquals(List.of("one"), rows);
    }

    @Test
    void leavesEverythingToTheDriverWhenTheServerHasNotSaidThatItIsReady() throws IOException {
        DriverInput input = new DriverInput(stream(MUCH, "\27\3\3\0\52", BEGUN));
        read(input, 5);
        assertFalse(input.divert(taker()));
        assertEquals(BEGUN, read(input, MUCH));
    }

    @Test
    void leavesEverythingToTheDriverWhenMoreHasArrived() throws IOException {
        DriverInput input = new DriverInput(stream(MUCH, READY, message('A', "a notification")));
        assertEquals(READY, read(input, READY.length()));
        assertFalse(input.divert(taker()));
        assertEquals(message('A', "a notification"), read(input, MUCH));
    }

    @Test
    void passesOnThatTheStreamHasEndedInARow() throws IOException {
        DriverInput input = ready(MUCH, BEGUN, message('d', HEADER + "one"), "d\0\0\1\0half");
        assertTrue(input.divert(taker()));
        assertEquals(BEGUN, read(input, MUCH));
        assertEquals(List.of("one"), rows);
    }

    @Test
    void refusesAMessageWithoutALength() throws IOException {
        DriverInput input = ready(MUCH, "d\0\0\0\3");
        assertTrue(input.divert(taker()));
        assertThrows(IOException.class, () -> input.read(new byte[10]));
    }
}
