package millrace.webhook.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import millrace.service.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunRequestTest {
    @Test
    void aPipelineIsRead() {
        assertEquals("ads", parse("{\"pipeline\":\"ads\"}").pipeline().value());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'pipeline':'ads'      | bad_json",
                "{'pipeline':'ads'} {}  | bad_json",
                "{'pipeline':'a','pipeline':'b'} | bad_json",
                "[]                     | bad_body",
                "null                   | bad_body",
                "{'pipelin':'ads'}      | unknown_field",
                "{'pipeline':'ads','x':1} | unknown_field",
                "{}                     | no_pipeline",
                "{'pipeline':null}      | no_pipeline",
                "{'pipeline':['ads']}   | no_pipeline",
                "{'pipeline':'../ads'}  | bad_pipeline_name"
            },
            quoteCharacter = '`')
    void anythingElseIsRefused(String body, String code) {
        Refusal refusal = assertThrows(Refusal.class, () -> parse(body.replace('\'', '"')));
        assertEquals(code, refusal.problem().code());
        assertEquals(400, refusal.problem().status());
    }

    private static RunRequest parse(String body) {
        return RunRequest.parse(body.getBytes(UTF_8));
    }
}
