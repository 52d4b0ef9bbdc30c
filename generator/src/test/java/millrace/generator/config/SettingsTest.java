package millrace.generator.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import millrace.contract.failure.ExitCode;
import millrace.contract.failure.Failure;
import millrace.contract.settings.Environment;
import millrace.contract.settings.PostgresSettings;
import org.junit.jupiter.api.Test;

class SettingsTest {
    private static ApiSettings api(Map<String, String> variables) {
        Environment environment = new Environment(variables);
        ApiSettings settings = ApiSettings.read(environment);
        environment.refuseProblems();
        return settings;
    }

    @Test
    void theApiListensHereUnlessToldOtherwise() {
        ApiSettings settings = api(Map.of());
        assertEquals("127.0.0.1:8000", settings.host() + ":" + settings.port());
        assertEquals(Set.of("localhost", "127.0.0.1", "[::1]"), settings.hosts());
        assertTrue(settings.token().isEmpty());
    }

    @Test
    void whoListensToTheNetworkNeedsAToken() {
        Failure failure = assertThrows(Failure.class, () -> api(Map.of("ORDER_API_HOST", "0.0.0.0")));
        assertThrows(
                Failure.class,
                () -> api(Map.of("ORDER_API_HOST", "127.0.0.1", "ORDER_API_PUBLISHED_ON", "192.168.1.7")));
        assertTrue(api(Map.of("ORDER_API_HOST", "0.0.0.0", "ORDER_API_PUBLISHED_ON", "127.0.0.1"))
                .token()
                .isEmpty());
        assertEquals(ExitCode.BAD_CONFIGURATION, failure.exitCode());
        assertTrue(failure.sentence().contains("ORDER_API_TOKEN"));
        ApiSettings settings = api(Map.of(
                "ORDER_API_HOST",
                "0.0.0.0",
                "ORDER_API_TOKEN",
                "secret",
                "ORDER_API_ALLOWED_HOSTS",
                "Order-API, shop"));
        assertEquals(Set.of("localhost", "127.0.0.1", "[::1]", "order-api", "shop"), settings.hosts());
        assertFalse(settings.toString().contains("secret"));
    }

    @Test
    void allProblemsOfASourceAreToldAtOnce() {
        Environment environment = new Environment(new HashMap<>(Map.of("ADS_PORT", "0", "ADS_SSLMODE", "always")));
        PostgresSettings.read("ADS", environment);
        Failure failure = assertThrows(Failure.class, environment::refuseProblems);
        assertEquals(6, failure.sentence().lines().count(), failure.sentence());
        assertEquals("bad-configuration", failure.code());
    }

    @Test
    void aPasswordIsNotShown() {
        Environment environment = new Environment(
                Map.of("ADS_HOST", "db", "ADS_DB", "ads_db", "ADS_USER", "ads", "ADS_PASSWORD", "hush hush"));
        PostgresSettings settings = PostgresSettings.read("ADS", environment);
        assertEquals("hush hush", settings.password().value());
        assertFalse(settings.toString().contains("hush"));
    }
}
