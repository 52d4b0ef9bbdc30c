package millrace.stream.run;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import millrace.contract.failure.Failure;
import millrace.contract.pipeline.TableName;
import millrace.loader.plan.TablePlan;
import millrace.loader.report.LogFormat;
import millrace.loader.report.LogLines;
import millrace.loader.run.LoadListener;
import millrace.loader.run.LoadRecord;
import millrace.loader.run.Ready;

/** Tells how copying goes, and has something done before what was copied is published, and after it. */
final class CopyProgress implements LoadListener {
    private final FollowState state;
    private final Consumer<List<Ready>> before;
    private final Consumer<TableName> published;
    private final LogLines log = new LogLines(System.err, LogFormat.TEXT, Duration.ofSeconds(10));

    /** @param published is told of each table when it has taken its place */
    CopyProgress(FollowState state, Consumer<List<Ready>> before, Consumer<TableName> published) {
        this.state = requireNonNull(state, "state is null");
        this.before = requireNonNull(before, "before is null");
        this.published = requireNonNull(published, "published is null");
    }

    @Override
    public void began(TablePlan table) {}

    @Override
    public void copied(TableName target, long rows, long bytes) {
        state.copied(rows);
    }

    @Override
    public void noted(TableName target, String sentence) {
        log.noted(target, sentence);
    }

    @Override
    public void noticed(String sentence) {
        log.noticed(sentence);
    }

    @Override
    public void publishing(List<Ready> tables) {
        before.accept(tables);
    }

    @Override
    public void ended(LoadRecord load) {
        if (load.outcome() == LoadRecord.Outcome.DONE) {
            published.accept(load.target());
        }
    }

    @Override
    public void retrying(Failure failure, Duration pause) {}
}
