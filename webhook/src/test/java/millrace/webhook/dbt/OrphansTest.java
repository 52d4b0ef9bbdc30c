package millrace.webhook.dbt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrphansTest {
    @TempDir
    Path state;

    @Test
    void aDbtOfThisStateFolderIsKilledAndNoOther() throws IOException {
        Process ours = sleeper(state.resolve("runs/x/target"));
        Process other = sleeper(state.resolveSibling("elsewhere"));
        try {
            assertEquals(1, new Orphans(state).kill());
            assertFalse(ours.isAlive());
            assertTrue(other.isAlive());
            assertEquals(0, new Orphans(state).kill());
        } finally {
            ours.destroyForcibly();
            other.destroyForcibly();
        }
    }

    private static Process sleeper(Path target) throws IOException {
        return new ProcessBuilder("sh", "-c", "read line", "dbt", "--target-path", target.toString()).start();
    }
}
