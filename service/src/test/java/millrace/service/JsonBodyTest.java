package millrace.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonBodyTest {
    private static BadBody refused(byte[] body) {
        return assertThrows(BadBody.class, () -> JsonBody.object(body));
    }

    @Test
    void anObjectIsRead() throws BadBody {
        assertEquals(3, JsonBody.object("{\"a\": 3}".getBytes(UTF_8)).get("a").intValue());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                "{|BAD_JSON",
                "{} {}|BAD_JSON",
                "{\"a\":1,\"a\":2}|BAD_JSON",
                "nul|BAD_JSON",
                "[]|NOT_OBJECT",
                "7|NOT_OBJECT",
                "null|NOT_OBJECT"
            })
    void whatIsWrongIsTold(String body, BadBody.Kind kind) {
        assertEquals(kind, refused(body.getBytes(UTF_8)).kind());
    }

    @Test
    void theFaultHasAPlace() {
        assertEquals(
                "The body is not valid JSON (line 2, column 2).",
                refused("{\n}}".getBytes(UTF_8)).getMessage());
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() {
        assertEquals(
                BadBody.Kind.BAD_JSON,
                refused(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}).kind());
        assertEquals(BadBody.Kind.BAD_JSON, refused(new byte[] {0}).kind());
    }

    @Test
    void nothingIsNoObject() {
        assertEquals(BadBody.Kind.NOT_OBJECT, refused(new byte[0]).kind());
    }
}
