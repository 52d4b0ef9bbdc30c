package millrace.webhook.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.webhook.page.Links;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static final Map<String, String> COMPLETE = Map.of(
            "WEBHOOK_STATE", "/s",
            "MILLRACE_PIPELINES", "/p",
            "DBT_PROJECT_DIR", "/d",
            "DBT_EXECUTABLE", "/bin/sh");

    @Test
    void hostAndPortHaveDefaults() throws BadSettings {
        assertEquals(
                new Settings(
                        "127.0.0.1",
                        5001,
                        Path.of("/s"),
                        Path.of("/p"),
                        Path.of("/d"),
                        Path.of("/bin/sh"),
                        true,
                        List.of(),
                        Duration.ofHours(2),
                        100,
                        20,
                        Optional.empty(),
                        "127.0.0.1",
                        List.of(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        Duration.ofSeconds(10),
                        "",
                        Optional.empty(),
                        Links.NONE),
                Settings.from(COMPLETE));
    }

    @Test
    void aBareCommandIsLookedUpOnThePath() throws BadSettings {
        Map<String, String> environment = with("DBT_EXECUTABLE", "sh");
        environment.put("PATH", "/nowhere:/bin");
        assertEquals(Path.of("/bin/sh"), Settings.from(environment).dbtExecutable());
    }

    @Test
    void everyProblemIsNamed() {
        BadSettings bad = assertThrows(BadSettings.class, () -> Settings.from(Map.of("WEBHOOK_PORT", "http")));
        assertEquals(5, bad.problems().size());
        assertEquals(
                "WEBHOOK_PORT is 'http', but a port is a number from 0 to 65535.",
                bad.problems().get(0));
        assertEquals(
                "WEBHOOK_STATE is not set: it names the folder for run records and logs.",
                bad.problems().get(1));
    }

    @Test
    void aPortIsInRange() {
        assertThrows(BadSettings.class, () -> Settings.from(with("WEBHOOK_PORT", "65536")));
        assertThrows(BadSettings.class, () -> Settings.from(with("WEBHOOK_PORT", "-1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "2h", "1.5", "100000000"})
    void aTimeoutIsAPositiveNumberOfSeconds(String text) throws BadSettings {
        assertThrows(BadSettings.class, () -> Settings.from(with("WEBHOOK_RUN_TIMEOUT", text)));
        assertEquals(
                Duration.ofMinutes(1),
                Settings.from(with("WEBHOOK_RUN_TIMEOUT", "60")).runTimeout());
    }

    @Test
    void allowedHostsAreSeparatedByCommasOrSpaces() throws BadSettings {
        assertEquals(
                List.of("webhook", "dbt.example"),
                Settings.from(with("WEBHOOK_ALLOWED_HOSTS", "webhook, DBT.example"))
                        .allowedHosts());
    }

    private static Map<String, String> with(String name, String value) {
        Map<String, String> environment = new HashMap<>(COMPLETE);
        environment.put(name, value);
        return environment;
    }
}
