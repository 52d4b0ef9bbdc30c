package millrace.webhook.dbt;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import millrace.webhook.Failure;
import millrace.webhook.Settings;
import millrace.webhook.pipeline.Pipeline;
import millrace.webhook.run.NodeResult;
import millrace.webhook.run.Run;
import millrace.webhook.run.RunFolder;

/** One {@code dbt build}, from its start to its verdict. */
public final class Build {
    private final Run run;
    private final RunFolder folder;
    private final ParseCache cache;
    private final Child child;
    private final BuildVerdict verdict;

    public Build(Settings settings, ParseCache cache, Run run, Pipeline pipeline, RunFolder folder) {
        this.run = requireNonNull(run, "run is null");
        this.folder = requireNonNull(folder, "folder is null");
        this.cache = requireNonNull(cache, "cache is null");
        this.verdict = new BuildVerdict(run.runId(), pipeline.selection());
        DbtCommand command = DbtCommand.build(settings, pipeline.selection(), folder.target(), folder.debugLogs());
        this.child = new Child(command, folder.log());
    }

    /** Runs dbt to its end in the calling thread and returns the finished run. */
    public Run execute() {
        try {
            Files.createDirectories(folder.target());
            cache.fill(folder.target());
            int exitCode = child.run();
            cache.keep(folder.target());
            return finished(exitCode);
        } catch (InterruptedException e) {
            return failed(List.of(), verdict.stopped());
        } catch (IOException | UncheckedIOException e) {
            return failed(List.of(), verdict.notStarted(e));
        }
    }

    /** Ends dbt; {@link #execute} then returns a failed run. */
    public void stop() {
        child.stop();
    }

    private Run finished(int exitCode) throws IOException {
        List<NodeResult> nodes = RunResults.read(folder.target());
        if (child.isStopped()) {
            return failed(nodes, verdict.stopped());
        }
        if (exitCode == 0 && !nodes.isEmpty()) {
            return run.succeeded(Instant.now(), nodes);
        }
        return failed(nodes, verdict.red(exitCode, nodes, Complaint.in(folder.log())));
    }

    private Run failed(List<NodeResult> nodes, Failure why) {
        return run.failed(Instant.now(), nodes, why);
    }
}
