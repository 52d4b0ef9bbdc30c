package millrace.webhook.service;

import static java.util.Objects.requireNonNull;

import millrace.webhook.run.Failure;
import millrace.webhook.run.Run;

/** A run was asked for while another one is active. */
public final class RunActive extends Exception {
    private final transient Run active;

    public RunActive(Run active) {
        super("run " + active.runId() + " is active");
        this.active = requireNonNull(active, "active is null");
    }

    /** The run that is in the way. */
    public Run active() {
        return active;
    }

    public Failure failure() {
        return new Failure(
                "run_active",
                "A run of pipeline '" + active.pipeline() + "' is active, and there is one run at a time.",
                "Wait for its end: GET /api/v1/runs/" + active.runId());
    }
}
