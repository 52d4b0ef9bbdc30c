package millrace.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the script that starts the loader says without starting it. */
class LoaderScriptTest {
    @ParameterizedTest
    @ValueSource(strings = {"xx", "96", "0m", "31m", "1.5g", "-1g", "96 m", "9999999g"})
    void refusesAHeapThatIsNone(String heap) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(Path.of("bin/loader").toString(), "--help");
        builder.environment().put("LOADER_HEAP", heap);
        Process process = builder.start();
        String said = new String(process.getErrorStream().readAllBytes());
        assertEquals(2, process.waitFor(), said);
        assertTrue(said.startsWith("millrace: LOADER_HEAP must be an amount of memory, not \"" + heap + "\"."), said);
        assertEquals(2, said.lines().count(), said);
    }
}
