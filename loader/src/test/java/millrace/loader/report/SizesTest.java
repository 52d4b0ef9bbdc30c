package millrace.loader.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SizesTest {
    @Test
    void readsWell() {
        assertEquals("1 row", Sizes.rows(1));
        assertEquals("1,234,567 rows", Sizes.rows(1_234_567));
        assertEquals("999 B", Sizes.bytes(999));
        assertEquals("1.5 kB", Sizes.bytes(1_500));
        assertEquals("12.0 GB", Sizes.bytes(12e9));
    }
}
