package millrace.webhook.dbt;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import millrace.webhook.config.Settings;
import millrace.webhook.run.Failure;
import millrace.webhook.run.NodeResult;
import millrace.webhook.run.Run;
import millrace.webhook.run.RunFolder;

/** One run of dbt, from its start to its verdict. */
public final class Build {
    private final Run run;
    private final RunFolder folder;
    private final ParseCache cache;
    private final ReadyDbt ready;
    private final Child child;
    private final BuildVerdict verdict;
    private final Duration timeout;
    private EndReason reason;

    public Build(Settings settings, ParseCache cache, ReadyDbt ready, Run run, RunFolder folder) {
        this.run = requireNonNull(run, "run is null");
        this.folder = requireNonNull(folder, "folder is null");
        this.cache = requireNonNull(cache, "cache is null");
        this.ready = requireNonNull(ready, "ready is null");
        this.timeout = settings.runTimeout();
        this.verdict = new BuildVerdict(run);
        DbtCommand command = DbtCommand.run(settings, run, folder);
        this.child = new Child(command, folder.log(), ready);
    }

    /** Runs dbt to its end in the calling thread and returns the finished run. */
    public Run execute() {
        try {
            Files.createDirectories(folder.target());
            cache.fill(folder.target());
            int exitCode = child.run(timeout);
            cache.keep(folder.target());
            return finished(exitCode);
        } catch (InterruptedException e) {
            return ended(List.of());
        } catch (IOException | UncheckedIOException e) {
            return failed(List.of(), verdict.notStarted(e));
        } finally {
            ready.prepare();
        }
    }

    /** Ends dbt and returns when it is gone; {@link #execute} then returns a run that tells the reason. The first reason counts. */
    public void end(EndReason why) {
        synchronized (this) {
            reason = reason == null ? why : reason;
        }
        child.stop();
    }

    private Run finished(int exitCode) throws IOException {
        List<NodeResult> nodes = RunResults.read(folder.target());
        if (child.isStopped()) {
            return ended(nodes);
        }
        if (exitCode == 0 && (!nodes.isEmpty() || !verdict.expectsNodes())) {
            return run.succeeded(Instant.now(), nodes);
        }
        return failed(nodes, verdict.red(exitCode, nodes, Complaint.in(folder.log())));
    }

    private Run ended(List<NodeResult> nodes) {
        return switch (reason()) {
            case CANCELLED -> run.cancelled(Instant.now(), nodes, verdict.cancelled());
            case TIMED_OUT -> failed(nodes, verdict.timedOut(timeout));
            case WEBHOOK_STOPPED -> failed(nodes, verdict.stopped());
        };
    }

    private synchronized EndReason reason() {
        if (reason != null) {
            return reason;
        }
        return child.isTimedOut() ? EndReason.TIMED_OUT : EndReason.WEBHOOK_STOPPED;
    }

    private Run failed(List<NodeResult> nodes, Failure why) {
        return run.failed(Instant.now(), nodes, why);
    }
}
