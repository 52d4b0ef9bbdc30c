package millrace.webhook.service;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import millrace.webhook.dbt.Orphans;
import millrace.webhook.run.Failure;
import millrace.webhook.run.Run;
import millrace.webhook.run.RunFilter;
import millrace.webhook.run.RunId;
import millrace.webhook.run.RunState;
import millrace.webhook.store.RunStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts right what a webhook that was killed left behind. Must be called while no run can be active. */
public final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger("recovery");
    private static final Failure DIED = new Failure(
            "webhook_died",
            "The webhook died while this run was active, and dbt was ended with it.",
            "Run it again (POST /api/v1/runs/{id}/retry): models that dbt had finished are in place, the others are as they were.");

    private Recovery() {}

    /** Ends dbt processes that still run, and marks their runs failed; returns these. */
    public static List<RunId> recover(RunStore store, Orphans orphans, Sender sender) {
        int killed = orphans.kill();
        if (killed > 0) {
            LOG.warn("killed orphans={}", killed);
        }
        List<Run> left = store.table().list(RunFilter.in(RunState.RUNNING, Integer.MAX_VALUE));
        for (Run run : left) {
            Run failed = run.failed(lastSign(store, run), List.of(), DIED);
            store.table().save(failed, sender.of(failed));
            LOG.warn("marked failed run={} reason=\"{}\"", run.runId(), DIED.message());
        }
        return left.stream().map(Run::runId).toList();
    }

    /** The best guess at when a run ended: the last time that its log grew. */
    private static Instant lastSign(RunStore store, Run run) {
        try {
            Instant written =
                    Files.getLastModifiedTime(store.folder(run.runId()).log()).toInstant();
            return written.isAfter(run.startedAt()) ? written : run.startedAt();
        } catch (IOException e) {
            return run.startedAt();
        }
    }
}
