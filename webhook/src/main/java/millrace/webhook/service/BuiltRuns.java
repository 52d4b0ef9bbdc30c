package millrace.webhook.service;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import millrace.webhook.run.Run;
import millrace.webhook.run.RunId;
import millrace.webhook.warehouse.Marks;

/** What runs saw that built models as a run would now: on the same target, of the same project, with the usual variables. */
final class BuiltRuns {
    private final Runs runs;
    private final String target;
    private final Instant edited;
    private final Map<RunId, Optional<Marks>> known = new HashMap<>();

    /** @param edited when the project was changed last */
    BuiltRuns(Runs runs, String target, Instant edited) {
        this.runs = requireNonNull(runs, "runs is null");
        this.target = requireNonNull(target, "target is null");
        this.edited = requireNonNull(edited, "edited is null");
    }

    /** The loads that a run saw before it began; empty for a run of another kind. */
    Optional<Marks> seenBy(RunId id) {
        return known.computeIfAbsent(
                id,
                run -> runs.find(run)
                        .filter(this::isAlike)
                        .flatMap(it -> Marks.read(runs.folder(run).marks())));
    }

    private boolean isAlike(Run run) {
        return run.target().equals(target)
                && !run.command().contains("--vars")
                && run.startedAt() != null
                && run.startedAt().isAfter(edited);
    }
}
