package millrace.contract.pipeline;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import millrace.contract.failure.Problems;
import millrace.contract.yaml.Section;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the sections of a pipeline file that say when something is done. */
final class DagReader {
    private static final List<String> DAG = List.of("id", "schedule", "start_date", "retries", "retry_delay_minutes");
    private static final List<String> GENERATE = List.of("dag", "schedule");
    private static final List<String> PRESETS =
            List.of("@once", "@hourly", "@daily", "@weekly", "@monthly", "@quarterly", "@yearly");
    private static final int LONGEST_ID = 250;
    private static final int MAX = 999_999;

    private final Section dag;
    private final DagOptions usual;
    private final Problems problems;

    private DagReader(Section dag, DagOptions usual, Problems problems) {
        this.dag = dag;
        this.usual = usual;
        this.problems = problems;
    }

    static DagOptions read(Node node, String pipeline, Problems problems) {
        return new DagReader(new Section("dag", node, DAG, problems), DagOptions.usual(pipeline), problems).options();
    }

    /** Reads the section about the DAG that has orders made. */
    static GenerateOptions generate(Node node, String pipeline, Problems problems) {
        Section generate = new Section("generate", node, GENERATE, problems);
        GenerateOptions usual = GenerateOptions.usual(pipeline);
        return new GenerateOptions(
                id(generate, "dag", usual.dag(), problems), schedule(generate, usual.schedule(), problems));
    }

    private DagOptions options() {
        return new DagOptions(
                id(dag, "id", usual.id(), problems),
                schedule(dag, usual.schedule(), problems),
                startDate(),
                dag.whole("retries", MAX, usual.retries()),
                dag.whole("retry_delay_minutes", MAX, usual.retryDelayMinutes()));
    }

    private static String id(Section section, String key, String usual, Problems problems) {
        String id = section.text(key, usual);
        if (section.has(key) && !id.matches("[A-Za-z0-9_.-]{1," + LONGEST_ID + "}")) {
            problems.add(
                    section.line(key),
                    "bad-dag-id",
                    "\"" + id + "\" cannot be the id of a DAG: letters, digits and _ . - only, " + LONGEST_ID
                            + " at most.");
        }
        return id;
    }

    private static Optional<String> schedule(Section section, Optional<String> usual, Problems problems) {
        if (!section.has("schedule")) {
            return usual;
        }
        if (section.isNull("schedule")) {
            return Optional.empty();
        }
        String schedule = section.text("schedule", "");
        if (!schedule.isEmpty() && !PRESETS.contains(schedule) && !Cron.isExpression(schedule)) {
            problems.add(
                    section.line("schedule"),
                    "bad-schedule",
                    "\"" + schedule + "\" cannot be a schedule: a cron expression of five fields or one of "
                            + String.join(", ", PRESETS) + ".");
        }
        return Optional.of(schedule);
    }

    private LocalDate startDate() {
        if (!dag.has("start_date") || dag.isNull("start_date")) {
            return usual.startDate();
        }
        String text = dag.text("start_date", "");
        try {
            // LocalDate's own parser takes longer to load than all else here.
            if (text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
                return LocalDate.of(
                        Integer.parseInt(text.substring(0, 4)),
                        Integer.parseInt(text.substring(5, 7)),
                        Integer.parseInt(text.substring(8)));
            }
        } catch (DateTimeException e) {
            // Said below.
        }
        problems.add(dag.line("start_date"), "bad-date", "\"" + text + "\" is not a date such as 2025-01-01.");
        return usual.startDate();
    }
}
