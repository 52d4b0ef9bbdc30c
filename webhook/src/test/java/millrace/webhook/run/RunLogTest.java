package millrace.webhook.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLogTest {
    @TempDir
    Path folder;

    @Test
    void onlyWholeLinesWhileItIsWritten() throws IOException {
        assertPiece("one\n", 4, read("one\ntw", 0, 100, false));
        assertPiece("", 4, read("one\ntw", 4, 100, false));
    }

    @Test
    void allOfItWhenItHasEnded() throws IOException {
        assertPiece("one\ntw", 6, read("one\ntw", 0, 100, true));
        assertPiece("", 6, read("one\ntw", 6, 100, true));
    }

    @Test
    void aLongLogComesInPieces() throws IOException {
        assertPiece("é\n", 3, read("é\nü\n", 0, 4, true));
        assertPiece("ü\n", 6, read("é\nü\n", 3, 4, true));
    }

    @Test
    void aLineLongerThanAPieceIsNotWaitedForForever() throws IOException {
        assertPiece("abcd", 4, read("abcdefgh", 0, 4, false));
    }

    @Test
    void beyondTheEndTellsTheEnd() throws IOException {
        assertPiece("", 4, read("one\n", 99, 100, false));
    }

    @Test
    void aLogThatIsNotThereYetIsEmpty() throws IOException {
        assertPiece("", 0, RunLog.read(folder.resolve("none"), 0, 100, false));
    }

    private RunLog.Piece read(String log, long offset, int limit, boolean ended) throws IOException {
        return RunLog.read(Files.writeString(folder.resolve("dbt.log"), log), offset, limit, ended);
    }

    private static void assertPiece(String text, long next, RunLog.Piece piece) {
        assertEquals(text, new String(piece.bytes(), UTF_8));
        assertEquals(next, piece.next());
    }
}
