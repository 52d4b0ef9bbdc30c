package millrace.contract.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {
    @ParameterizedTest
    @CsvSource({
        "orders, orders, 0",
        "ordrs, orders, 1",
        "odrers, orders, 1",
        "order, orders, 1",
        "Orders, orders, 0",
        "'', abc, 3"
    })
    void countsSlips(String one, String other, int distance) {
        assertEquals(distance, Suggestion.distance(one, other));
        assertEquals(distance, Suggestion.distance(other, one));
    }

    @Test
    void listsAllWhenNoneIsSimilar() {
        assertEquals("known are a, b", Suggestion.among(List.of("b", "a"), "something"));
        assertEquals("there are none", Suggestion.among(List.of(), "something"));
    }
}
