package millrace.webhook.service;

import static java.util.Objects.requireNonNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import millrace.webhook.config.Settings;
import millrace.webhook.pipeline.Pipelines;

/** Whether a run could start now, as far as a glance at the disk can tell. */
public final class Health {
    private final Settings settings;
    private final Pipelines pipelines;

    public Health(Settings settings, Pipelines pipelines) {
        this.settings = requireNonNull(settings, "settings is null");
        this.pipelines = requireNonNull(pipelines, "pipelines is null");
    }

    /** What is in the way of a run, a sentence each; empty when nothing is. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        Path dbt = settings.dbtExecutable();
        if (!Files.isRegularFile(dbt) || !Files.isExecutable(dbt)) {
            problems.add("DBT_EXECUTABLE does not name a program.");
        }
        if (!Files.isRegularFile(settings.dbtProject().resolve("dbt_project.yml"))) {
            problems.add("DBT_PROJECT_DIR holds no dbt_project.yml.");
        }
        if (pipelines.names().isEmpty()) {
            problems.add("MILLRACE_PIPELINES holds no pipeline file.");
        }
        if (!Files.isWritable(settings.state())) {
            problems.add("WEBHOOK_STATE cannot be written.");
        }
        return problems;
    }
}
