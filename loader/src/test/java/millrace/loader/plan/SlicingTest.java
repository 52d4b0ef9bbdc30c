package millrace.loader.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlicingTest {
    @Test
    void leavesSmallTablesWhole() {
        assertEquals(List.of(Slice.WHOLE), Slicing.of(0, 4));
        assertEquals(List.of(Slice.WHOLE), Slicing.of(1023, 4));
    }

    @Test
    void leavesTablesWholeForASingleWorker() {
        assertEquals(List.of(Slice.WHOLE), Slicing.of(1_000_000, 1));
    }

    @Test
    void getsSmallerFromRoundToRound() {
        assertEquals(List.of(new Slice(0, 512), new Slice(512, Slice.OPEN)), Slicing.of(1024, 4));
        assertEquals(
                List.of(
                        new Slice(0, 2000),
                        new Slice(2000, 4000),
                        new Slice(4000, 5000),
                        new Slice(5000, 6000),
                        new Slice(6000, 6512),
                        new Slice(6512, 7024),
                        new Slice(7024, Slice.OPEN)),
                Slicing.of(8000, 2));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 64})
    void coversEveryBlockOnceAndEndsOpen(int workers) {
        List<Slice> slices = Slicing.of(1_000_000, workers);
        long begin = 0;
        for (Slice slice : slices) {
            assertEquals(begin, slice.firstBlock());
            begin = slice.endBlock();
        }
        assertEquals(Slice.OPEN, begin);
        assertTrue(slices.size() >= 2 * workers, slices.toString());
    }

    @Test
    void refusesEmptySlices() {
        assertThrows(IllegalArgumentException.class, () -> new Slice(5, 5));
    }
}
