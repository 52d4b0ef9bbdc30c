package millrace.contract.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class VisibleTest {
    @Test
    void whatActsInsteadOfShowingIsEscaped() {
        assertEquals(
                "a\\r\\nb\\tc\\u001b[31m\\u0085\\u2028\\u202e\\ufeff",
                Visible.of("a\r\nb\tc\033[31m\u0085\u2028\u202e\ufeff"));
    }

    @Test
    void everythingElseStaysAsItIs() {
        String text = "ключ \"a\\b\" é 密 🔑 \u00a0";
        assertSame(text, Visible.of(text));
    }
}
