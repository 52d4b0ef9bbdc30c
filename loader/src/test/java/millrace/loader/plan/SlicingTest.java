package millrace.loader.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class SlicingTest {
    @Test
    void leavesSmallTablesWhole() {
        assertEquals(List.of(Slice.WHOLE), Slicing.of(0, 4));
        assertEquals(List.of(Slice.WHOLE), Slicing.of(1023, 4));
    }

    @Test
    void coversEveryBlockOnceAndEndsOpen() {
        assertEquals(List.of(new Slice(0, 512), new Slice(512, Slice.OPEN)), Slicing.of(1024, 4));
        assertEquals(
                List.of(new Slice(0, 333_333), new Slice(333_333, 666_666), new Slice(666_666, Slice.OPEN)),
                Slicing.of(1_000_000, 3));
    }

    @Test
    void refusesEmptySlices() {
        assertThrows(IllegalArgumentException.class, () -> new Slice(5, 5));
    }
}
