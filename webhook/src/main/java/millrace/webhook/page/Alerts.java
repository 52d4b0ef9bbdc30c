package millrace.webhook.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import millrace.webhook.run.Run;
import millrace.webhook.warehouse.Follower;
import millrace.webhook.warehouse.LoadedTable;

/** What somebody should look at. */
final class Alerts {
    private Alerts() {}

    static List<Html> of(List<PipelineState> pipelines, List<String> problems, Instant now) {
        List<Html> alerts = new ArrayList<>();
        problems.forEach(problem -> alerts.add(Html.of("{}", problem)));
        for (PipelineState pipeline : pipelines) {
            pipeline.failing().forEach(table -> alerts.add(load(table, now)));
            pipeline.lastRun().filter(run -> pipeline.lastRunFailed()).ifPresent(run -> alerts.add(run(run, now)));
            pipeline.follower().ifPresent(follower -> follower(alerts, follower, now));
        }
        return alerts;
    }

    private static Html load(LoadedTable table, Instant now) {
        return Html.of(
                "The last load of <a href=\"{}\">{}</a> failed {}: {}",
                TablePage.address(table.name()),
                table.name(),
                Words.ago(table.endedAt(), now),
                table.sentence());
    }

    private static Html run(Run run, Instant now) {
        return Html.of(
                "The last <a href=\"/runs/{}\">run of {}</a> failed {}: {}",
                run.runId(),
                run.pipeline(),
                Words.ago(run.finishedAt(), now),
                run.error().message());
    }

    private static void follower(List<Html> alerts, Follower follower, Instant now) {
        if (follower.isStopped() || follower.isSilent(now)) {
            alerts.add(Html.of(
                    "Nothing follows {}: the last word of its follower came {}.",
                    follower.pipeline(),
                    Words.ago(follower.at(), now)));
        } else if (follower.isLate()) {
            alerts.add(Html.of(
                    "{} lags behind its source by {}.", follower.pipeline(), Words.seconds(follower.lagSeconds())));
        }
    }
}
