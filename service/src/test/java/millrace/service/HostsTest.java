package millrace.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostsTest {
    @ParameterizedTest
    @CsvSource({
        "localhost, true, true",
        "LOCALHOST:5001, true, true",
        "127.0.0.1:8000, true, true",
        "[::1]:8000, true, true",
        "192.168.1.7, true, false",
        "[fe80::1], true, false",
        "rebound.example, false, false",
        "127.0.0.1.rebound.example, false, false",
        "'', false, false",
        ", false, false",
    })
    void namesAreExactAndAddressesMayAllBeAllowed(String header, boolean anyAddress, boolean namesOnly) {
        Set<String> names = Set.of("localhost", "127.0.0.1", "[::1]");
        assertEquals(anyAddress, new Hosts(names, true).allow(header));
        assertEquals(namesOnly, new Hosts(names, false).allow(header));
    }
}
