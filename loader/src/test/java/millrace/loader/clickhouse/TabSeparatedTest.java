package millrace.loader.clickhouse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TabSeparatedTest {
    @Test
    void aFieldMayBeAnyText() {
        assertEquals(
                List.of(List.of("a\tb", "c\nd", ""), List.of("'\\", "\u001e\u001f", "客户\r\b\f")),
                TabSeparated.rows("a\\tb\tc\\nd\t\n\\'\\\\\t\u001e\u001f\t客户\\r\\b\\f\n"));
        assertEquals(List.of(), TabSeparated.rows(""));
    }
}
