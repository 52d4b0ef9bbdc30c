package millrace.loader.cli;

import millrace.loader.failure.Failure;
import millrace.loader.plan.Scope;
import picocli.CommandLine.Option;

/** How much of its tables a load takes. */
final class ScopeOptions {
    @Option(names = "--full-refresh", description = "Load incremental tables anew, whole.")
    boolean fullRefresh;

    @Option(
            names = "--from",
            paramLabel = "VALUE",
            description = "Load the rows of incremental tables again whose cursor is at least this, and below --to.")
    String from;

    @Option(names = "--to", paramLabel = "VALUE", description = "The first value beyond the range of --from.")
    String to;

    /** @throws Failure when the options contradict each other */
    Scope scope() {
        if ((from == null) != (to == null)) {
            throw Failure.configuration(
                    "half-a-range", "--from and --to belong together.", "--to is the first value beyond the range.");
        }
        if (from != null && fullRefresh) {
            throw Failure.configuration(
                    "contradiction", "--full-refresh loads everything, --from and --to a range.", "Choose one.");
        }
        return from != null ? new Scope.Backfill(from, to) : fullRefresh ? new Scope.FullRefresh() : new Scope.Usual();
    }
}
