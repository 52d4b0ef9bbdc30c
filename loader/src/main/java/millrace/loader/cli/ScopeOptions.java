package millrace.loader.cli;

import millrace.contract.cli.Arguments;
import millrace.contract.failure.Failure;
import millrace.loader.plan.Scope;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** How much of its tables a load takes. */
final class ScopeOptions {
    private static final Option FULL_REFRESH = Arguments.flag("full-refresh", "Load incremental tables anew, whole.");
    private static final Option FROM = Arguments.value(
            "from",
            "VALUE",
            "Load the rows of incremental tables again whose cursor is at least this, and below --to.");
    private static final Option TO = Arguments.value("to", "VALUE", "The first value beyond the range of --from.");

    static final Option ADOPT = Arguments.flag(
            "adopt",
            "Take over targets that the loader did not make for these tables; what is there is kept in millrace.");

    private ScopeOptions() {}

    static Options options() {
        return new Options()
                .addOption(FULL_REFRESH)
                .addOption(FROM)
                .addOption(TO)
                .addOption(ADOPT);
    }

    /** @throws Failure when the options contradict each other */
    static Scope scope(Arguments arguments) {
        boolean fullRefresh = arguments.has(FULL_REFRESH);
        String from = arguments.text(FROM, null);
        String to = arguments.text(TO, null);
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
