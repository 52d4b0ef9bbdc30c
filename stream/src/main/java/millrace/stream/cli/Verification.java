package millrace.stream.cli;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import millrace.contract.failure.Failure;
import millrace.loader.verify.TableComparison;
import millrace.loader.verify.VerifyListener;
import millrace.stream.protocol.Lsn;
import millrace.stream.run.Comparison;
import millrace.stream.run.Setup;

/**
 * Compares a pipeline's tables with the source as of one moment: that of a slot made for it, of which Postgres tells both a
 * snapshot and the place in its log. The follower is held at that place meanwhile.
 */
record Verification(Setup setup, Remote follower) {
    private static final String SECONDS = "600";

    Verification {
        requireNonNull(setup, "setup is null");
        requireNonNull(follower, "follower is null");
    }

    /** @throws Failure when no follower runs, a server can't be reached, or it took longer than a stream may be held */
    List<TableComparison> run(VerifyListener listener) {
        follower.post("/hold", Map.of("seconds", SECONDS));
        try (Comparison comparison = Comparison.begin(setup)) {
            follower.post("/hold", Map.of("seconds", SECONDS, "until", Lsn.text(comparison.place())));
            List<TableComparison> found = comparison.run(listener);
            if (JsonText.field(follower.post("/release", Map.of()), "sentence").contains("was not held")) {
                throw Failure.running(
                        "held-too-long",
                        "The comparison took longer than the " + SECONDS + " s for which a stream may be held.",
                        "Compare while less is to be read: stop the follower, and use \"loader verify\".");
            }
            return found;
        } catch (Failure failure) {
            follower.post("/release", Map.of());
            throw failure;
        }
    }
}
