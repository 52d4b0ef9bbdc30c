package millrace.webhook.dbt;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import millrace.webhook.config.Settings;
import millrace.webhook.run.Run;
import millrace.webhook.run.RunFolder;

/**
 * The command lines that the webhook may run. Each is a list of arguments, never a shell's text, and holds no secret: dbt
 * takes its connection from the environment.
 *
 * @param arguments the whole command, the executable first
 * @param project the folder to run in
 * @param target the folder of its artifacts
 * @param run what its queries are marked with in ClickHouse; may be empty
 */
public record DbtCommand(List<String> arguments, Path project, Path target, String run) {
    /** The option by which a running dbt is known to belong to one folder of ours. */
    static final String TARGET_OPTION = "--target-path";
    /** The variable of a child's environment that profiles.yml makes the mark of its queries. */
    static final String RUN_VARIABLE = "MILLRACE_RUN";

    public DbtCommand {
        arguments = List.copyOf(arguments);
    }

    /** A run: its own words, and where its files are. */
    public static DbtCommand run(Settings settings, Run run, RunFolder folder) {
        return command(
                settings,
                run.command(),
                folder.target(),
                folder.debugLogs(),
                run.runId().value());
    }

    /** Makes the documentation, as one page. */
    public static DbtCommand docs(Settings settings, Path target, Path logs) {
        return command(settings, List.of("docs", "generate", "--static"), target, logs, "");
    }

    /** Where dbt finds and leaves things, for whatever it does. */
    static List<String> options(Settings settings, Path target, Path logs) {
        String project = settings.dbtProject().toString();
        return List.of(
                "--project-dir",
                project,
                "--profiles-dir",
                project,
                TARGET_OPTION,
                target.toString(),
                "--log-path",
                logs.toString(),
                "--no-use-colors",
                "--no-send-anonymous-usage-stats");
    }

    /** The arguments behind the executable. */
    List<String> words() {
        return arguments.subList(1, arguments.size());
    }

    private static DbtCommand command(Settings settings, List<String> verb, Path target, Path logs, String run) {
        List<String> arguments = new ArrayList<>();
        arguments.add(settings.dbtExecutable().toString());
        arguments.addAll(verb);
        arguments.addAll(options(settings, target, logs));
        return new DbtCommand(arguments, settings.dbtProject(), target, run);
    }
}
