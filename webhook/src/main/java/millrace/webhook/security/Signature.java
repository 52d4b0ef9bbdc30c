package millrace.webhook.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import millrace.contract.settings.Secret;
import millrace.service.Digest;
import millrace.service.Refusal;

/**
 * Who sent a message: HMAC-SHA256 over its raw bytes, as GitHub sends it and as Standard Webhooks 1.0.0 has it.
 *
 * @param id by which the message is known when somebody sends it again
 * @param sender whose form the signature has
 */
public record Signature(String id, Sender sender) {
    /** How far the clocks of sender and receiver may be apart. */
    public static final Duration WINDOW = Duration.ofMinutes(5);

    static final String GITHUB = "X-Hub-Signature-256";
    static final String STANDARD = "webhook-signature";
    private static final String STANDARD_KEY = "whsec_";

    /** The forms of a signature. */
    public enum Sender {
        GITHUB,
        STANDARD
    }

    public Signature {
        requireNonNull(id, "id is null");
        requireNonNull(sender, "sender is null");
    }

    /** Whether a message claims to be signed. */
    public static boolean isClaimed(Function<String, String> header) {
        return header.apply(GITHUB) != null || header.apply(STANDARD) != null;
    }

    /**
     * Checks a message that claims to be signed.
     *
     * @param header gives a header's value, null when it is missing
     * @param secrets one of which must have signed it; several while they are changed
     * @throws Refusal when none has, or not at this time
     */
    public static Signature check(Function<String, String> header, byte[] body, List<Secret> secrets, Instant now) {
        Optional<Signature> signature = header.apply(STANDARD) != null
                ? standard(header, body, secrets, now)
                : github(header.apply(GITHUB), body, secrets);
        return signature.orElseThrow(() -> new Refusal(
                Refusal.Kind.UNAUTHORIZED,
                "bad_signature",
                "The signature is not that of this body by a secret that is known here.",
                "Sign the raw body with the secret in WEBHOOK_SECRET."));
    }

    /** The value of webhook-signature for a message of our own: {@code v1,} and the signature in base64. */
    public static String sign(String id, long timestamp, byte[] body, Secret secret) {
        byte[] head = (id + "." + timestamp + ".").getBytes(UTF_8);
        return "v1," + Base64.getEncoder().encodeToString(Digest.hmac(key(secret), head, body));
    }

    private static Optional<Signature> github(String header, byte[] body, List<Secret> secrets) {
        byte[] given;
        try {
            given = HexFormat.of().parseHex(header.startsWith("sha256=") ? header.substring(7) : "");
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        boolean right =
                secrets.stream().anyMatch(secret -> MessageDigest.isEqual(given, Digest.hmac(key(secret), body)));
        // Only the body is signed, so it is the body that must not come twice, whatever delivery it says it is.
        return right
                ? Optional.of(new Signature("github:" + HexFormat.of().formatHex(given), Sender.GITHUB))
                : Optional.empty();
    }

    private static Optional<Signature> standard(
            Function<String, String> header, byte[] body, List<Secret> secrets, Instant now) {
        String id = header.apply("webhook-id");
        String timestamp = header.apply("webhook-timestamp");
        if (id == null
                || !id.matches("[\\x21-\\x7e]{1,200}")
                || timestamp == null
                || !timestamp.matches("[0-9]{1,12}")) {
            return Optional.empty();
        }
        byte[] head = (id + "." + timestamp + ".").getBytes(UTF_8);
        boolean right = Stream.of(header.apply(STANDARD).split(" "))
                .filter(each -> each.startsWith("v1,"))
                .map(each -> decode(each.substring(3)))
                .anyMatch(given -> secrets.stream()
                        .anyMatch(secret -> MessageDigest.isEqual(given, Digest.hmac(key(secret), head, body))));
        if (!right) {
            return Optional.empty();
        }
        Duration apart = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now)
                .abs();
        if (apart.compareTo(WINDOW) > 0) {
            throw new Refusal(
                    Refusal.Kind.UNAUTHORIZED,
                    "message_too_old",
                    "The message was signed more than " + WINDOW.toMinutes() + " minutes from now.",
                    "Set both clocks right, and sign again what is sent again.");
        }
        return Optional.of(new Signature("standard:" + id, Sender.STANDARD));
    }

    private static byte[] key(Secret secret) {
        return secret.value().startsWith(STANDARD_KEY)
                ? decode(secret.value().substring(STANDARD_KEY.length()))
                : secret.value().getBytes(UTF_8);
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
