package millrace.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MainTest {
    @Test
    void missingConfigurationIsExitCode2() throws InterruptedException {
        assertEquals(2, Main.run(new String[0], Map.of()));
    }

    @Test
    void argumentsAreRefused() throws InterruptedException {
        assertEquals(2, Main.run(new String[] {"--port=1"}, Map.of()));
    }
}
