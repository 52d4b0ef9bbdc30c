package millrace.loader.clickhouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import millrace.contract.pipeline.TableName;
import org.junit.jupiter.api.Test;

class OwnNameTest {
    @Test
    void namesInAnyScriptFitAFile() {
        for (String name :
                List.of("客".repeat(21), "é".repeat(31), "🐘".repeat(15), "a.".repeat(31), "'\u001f".repeat(31))) {
            TableName target = new TableName("x".repeat(63), name);
            String longest = OwnName.kept(OwnName.assembled(target, "01234567")).table();
            assertTrue(
                    URLEncoder.encode(longest.replace(".", "-").replace("-", "é"), StandardCharsets.UTF_8)
                                    .length()
                            < 245,
                    longest);
            assertTrue(OwnName.isOf(OwnName.assembled(target, "01234567").table(), target));
            assertTrue(OwnName.isOf(OwnName.staging(target, "01234567").table(), target));
        }
    }

    @Test
    void longNamesThatBeginAlikeStayApart() {
        String long63 = "客".repeat(20);
        TableName one = new TableName("raw", long63 + "一");
        TableName two = new TableName("raw", long63 + "二");
        assertNotEquals(OwnName.base(one), OwnName.base(two));
        assertFalse(OwnName.isOf(OwnName.staging(one, "01234567").table(), two));
    }

    @Test
    void leftOversOfEarlierVersionsAreFound() {
        TableName target = new TableName("raw", "客".repeat(20));
        assertTrue(OwnName.isOf("raw." + "客".repeat(20) + ".01234567", target));
        assertEquals("raw.orders", OwnName.base(new TableName("raw", "orders")));
        assertFalse(OwnName.isOf("raw.orders.new.01234567.kept", new TableName("raw", "orders")));
    }
}
