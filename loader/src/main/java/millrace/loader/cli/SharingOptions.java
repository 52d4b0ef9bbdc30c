package millrace.loader.cli;

import java.time.Duration;
import millrace.contract.cli.Arguments;
import millrace.contract.failure.Failure;
import millrace.loader.report.LogLines;
import millrace.loader.run.RunName;
import millrace.loader.run.Source;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/**
 * Which run a command is part of, and whether it reads the moment that is held for that run.
 *
 * @param runId empty when none is named
 * @param patience how long it waits for that moment
 */
record SharingOptions(String runId, boolean shares, Duration patience) {
    private static final int WAIT_SECONDS = 60;

    private static final Option RUN_ID =
            Arguments.value("run-id", "ID", "Which run this is part of; the audit table names it so.");
    private static final Option SHARED = Arguments.flag(
            "shared-snapshot", "Read the moment that the snapshot command holds for this run. Needs --run-id.");
    private static final Option WAIT =
            Arguments.value("snapshot-wait", "SECONDS", "How long to wait for it; " + WAIT_SECONDS + " by default.");

    static Options options() {
        return new Options().addOption(RUN_ID).addOption(SHARED).addOption(WAIT);
    }

    /** @throws Failure when a moment is to be shared and it is not said which, or for how long */
    static SharingOptions of(Arguments arguments) {
        boolean shares = arguments.has(SHARED);
        String runId = arguments.text(RUN_ID, "");
        if (shares && runId.isEmpty()) {
            throw Failure.configuration(
                    "no-run-id", "--shared-snapshot needs --run-id.", "Say which run's snapshot is to be read.");
        }
        return new SharingOptions(runId, shares, Duration.ofSeconds(arguments.number(WAIT, WAIT_SECONDS)));
    }

    /** The source as of now, or at the moment that is held for the run. */
    Source source(Source present, String pipeline, Console console) {
        return shares
                ? present.sharing(
                        new RunName(pipeline, runId),
                        patience,
                        () -> console.err().println(LogLines.waiting(runId, console.log())))
                : present;
    }
}
