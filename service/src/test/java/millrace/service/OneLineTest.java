package millrace.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class OneLineTest {
    @Test
    void nothingInItEndsTheLineOrCommandsATerminal() {
        assertEquals("a b c d [31me f", OneLine.of("a\r\nb\tc\u2028d\033[31me\u0085f"));
        assertEquals("", OneLine.of(null));
    }
}
