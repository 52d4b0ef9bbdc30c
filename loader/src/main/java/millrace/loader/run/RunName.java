package millrace.loader.run;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A run of a pipeline, of which several processes may be part. */
public record RunName(String pipeline, String runId) {
    private static final int DIGEST_BYTES = 8;

    public RunName {
        requireNonNull(pipeline, "pipeline is null");
        requireNonNull(runId, "runId is null");
    }

    /** 16 hexadecimal digits that fit where the name is too long. */
    public String digest() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((pipeline + "\n" + runId).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
