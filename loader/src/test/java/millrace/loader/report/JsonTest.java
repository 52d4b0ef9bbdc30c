package millrace.loader.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void writesEveryKindOfValue() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("text", "a \"quoted\" \\ line\nand \t\u0001 ü\u0085\u2028\u007f");
        value.put("number", 1.5);
        value.put("none", null);
        value.put("list", List.of(1, true, List.of(), Map.of()));
        assertEquals(
                "{\"text\":\"a \\\"quoted\\\" \\\\ line\\nand \\u0009\\u0001 ü\\u0085\\u2028\\u007f\",\"number\":1.5,\"none\":null,"
                        + "\"list\":[1,true,[],{}]}",
                Json.of(value));
    }
}
