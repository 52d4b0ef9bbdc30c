package millrace.loader.clickhouse;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import millrace.loader.plan.SourceMoment;
import millrace.loader.plan.SyncState;
import millrace.loader.plan.TablePlan;

/**
 * The comment of a loaded table. An incremental table's state is part of it, because a table and its comment change places in
 * one step: rows without the state that belongs to them, or a state without its rows, cannot be.
 */
final class TableComment {
    private static final Pattern STATE =
            Pattern.compile("; synced to snapshot ([0-9]+:[0-9]+:[0-9,]*) of Postgres ([0-9]+), table ([0-9]{1,10})$");

    private TableComment() {}

    static String of(TablePlan plan) {
        return "Loaded by Millrace from " + plan.spec().source()
                + plan.state().map(TableComment::state).orElse("");
    }

    private static String state(SyncState state) {
        return "; synced to snapshot " + state.moment().snapshot() + " of Postgres "
                + state.moment().system() + ", table " + state.sourceOid();
    }

    static Optional<SyncState> state(String comment) {
        Matcher matcher = STATE.matcher(comment);
        return matcher.find()
                ? Optional.of(new SyncState(
                        new SourceMoment(matcher.group(1), matcher.group(2)), Long.parseLong(matcher.group(3))))
                : Optional.empty();
    }
}
