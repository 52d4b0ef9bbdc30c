package millrace.webhook.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import millrace.contract.settings.Secret;
import millrace.service.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignatureTest {
    /** The example of GitHub's documentation. */
    private static final Secret EVERYBODYS = new Secret("It's a Secret to Everybody");

    private static final String HELLO = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    /** The example of Standard Webhooks. */
    private static final Secret STANDARD = new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    private static final Map<String, String> MESSAGE = Map.of(
            "webhook-id",
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            "webhook-timestamp",
            "1614265330",
            "webhook-signature",
            "v1,AAAA v1a,g0hM9SsE v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    private static final byte[] TEST = "{\"test\": 2432232314}".getBytes(UTF_8);
    private static final Instant THEN = Instant.ofEpochSecond(1614265330);

    @Test
    void githubsSignatureIsKnownByAnyOfTheSecrets() {
        Map<String, String> headers = Map.of("X-Hub-Signature-256", "sha256=" + HELLO);
        Signature signature =
                Signature.check(headers::get, "Hello, World!".getBytes(UTF_8), List.of(STANDARD, EVERYBODYS), THEN);
        assertEquals(new Signature("github:" + HELLO, Signature.Sender.GITHUB), signature);
    }

    @ParameterizedTest
    @CsvSource({
        "sha256=, Hello, 1",
        "sha1=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17, 'Hello, World!', 2",
        "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17, 'Hello, World', 3",
        "sha256=zz, Hello, 4",
        "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e1, 'Hello, World!', 5",
    })
    void anythingElseIsRefused(String header, String body, int number) {
        Map<String, String> headers = Map.of("X-Hub-Signature-256", header);
        assertEquals("bad_signature", refused(headers, body.getBytes(UTF_8), EVERYBODYS, THEN), String.valueOf(number));
    }

    @Test
    void standardWebhooksAreKnownWithinTheirTime() {
        for (long apart : new long[] {-300, 0, 300}) {
            Signature signature =
                    Signature.check(MESSAGE::get, TEST, List.of(EVERYBODYS, STANDARD), THEN.plusSeconds(apart));
            assertEquals("standard:msg_p5jXN8AQM9LWM0D4loKWxJek", signature.id());
        }
        assertEquals("message_too_old", refused(MESSAGE, TEST, STANDARD, THEN.plusSeconds(301)));
        assertEquals("message_too_old", refused(MESSAGE, TEST, STANDARD, THEN.minusSeconds(301)));
    }

    @ParameterizedTest
    @CsvSource({
        "webhook-id, msg_other",
        "webhook-id, ''",
        "webhook-timestamp, 1614265331",
        "webhook-timestamp, now",
        "webhook-signature, ''",
        "webhook-signature, 'v1,'",
        "webhook-signature, 'v1,!!!'",
        "webhook-signature, g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    })
    void whateverIsSignedMayNotChange(String header, String value) {
        Map<String, String> headers = new HashMap<>(MESSAGE);
        headers.put(header, value);
        assertEquals("bad_signature", refused(headers, TEST, STANDARD, THEN));
        assertEquals("bad_signature", refused(MESSAGE, "{}".getBytes(UTF_8), STANDARD, THEN));
    }

    private static String refused(Map<String, String> headers, byte[] body, Secret secret, Instant now) {
        Refusal refusal = assertThrows(Refusal.class, () -> Signature.check(headers::get, body, List.of(secret), now));
        assertEquals(401, refusal.problem().status());
        return refusal.problem().code();
    }
}
