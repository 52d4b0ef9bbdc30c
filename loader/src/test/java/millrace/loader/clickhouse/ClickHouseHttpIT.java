package millrace.loader.clickhouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import millrace.contract.failure.Failure;
import millrace.contract.settings.ClickHouseSettings;
import millrace.contract.settings.Secret;
import millrace.loader.servers.TestClickHouse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("integration")
class ClickHouseHttpIT {
    private static final byte[] MEGABYTE = new byte[1 << 20];

    private final ClickHouseHttp http = new ClickHouseHttp(new ClickHouseSettings(
            "CLICKHOUSE",
            "127.0.0.1",
            TestClickHouse.server().port(),
            TestClickHouse.USER,
            new Secret(TestClickHouse.PASSWORD),
            false,
            "",
            ""));

    @Test
    void tellsWhyTheServerRefusesRowsThatAreStillOnTheirWay() {
        Failure failure = assertThrows(
                Failure.class,
                () -> http.insert("INSERT INTO default.nowhere FORMAT Native", out -> {
                    for (int i = 0; i < 100; i++) {
                        out.write(MEGABYTE);
                    }
                }));
        assertTrue(failure.sentence().contains("nowhere"), failure.sentence());
    }

    @Test
    void answersInWhateverScript() {
        assertEquals("Größe 中", http.query("SELECT 'Größe 中'").strip());
    }

    @Test
    void tellsWhatIsWrongWithAStatement() {
        Failure failure = assertThrows(Failure.class, () -> http.query("SELECT nothing_like_that"));
        assertTrue(failure.sentence().contains("nothing_like_that"), failure.sentence());
        assertTrue(!failure.sentence().contains("version"), failure.sentence());
    }
}
