package millrace.loader.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import millrace.loader.config.Suggestion;
import millrace.loader.failure.ExitCode;
import millrace.loader.failure.Failure;
import millrace.loader.report.JsonReport;
import millrace.loader.report.LogFormat;
import millrace.loader.report.LogLines;
import millrace.loader.report.TextReport;

/** The command line as a whole. */
public final class LoaderCommand {
    private static final List<String> HELP = List.of("-h", "--help");

    private final Console console;
    private final List<Command> commands;

    private LoaderCommand(Console console, Servers servers) {
        this.console = console;
        commands = List.of(
                new InitCommand(console, servers),
                new PlanCommand(console, servers),
                new LoadCommand(console, servers),
                new SnapshotCommand(console, servers),
                new VerifyCommand(console, servers));
    }

    /** Runs a command line and returns the exit code of the process. */
    public static int run(String[] arguments, Console console, Servers servers) {
        return new LoaderCommand(console, servers).run(Arrays.asList(arguments));
    }

    private int run(List<String> words) {
        if (words.isEmpty()) {
            Usage.print(commands, console.err());
            return ExitCode.BAD_CONFIGURATION.number();
        }
        if (HELP.contains(words.get(0))) {
            Usage.print(commands, console.out());
            return ExitCode.DONE.number();
        }
        Optional<Command> asked = commands.stream()
                .filter(command -> command.name().equals(words.get(0)))
                .findFirst();
        return asked.isEmpty()
                ? report(unknown(words.get(0)), console)
                : run(asked.get(), words.subList(1, words.size()));
    }

    private Failure unknown(String word) {
        List<String> names = commands.stream().map(Command::name).toList();
        return Arguments.wrong("", "There is no command \"" + word + "\"; " + Suggestion.among(names, word));
    }

    private int run(Command command, List<String> words) {
        if (words.stream().anyMatch(HELP::contains)) {
            Usage.print(command, console.out());
            return ExitCode.DONE.number();
        }
        Arguments arguments;
        try {
            arguments = Arguments.read(command, words);
        } catch (Failure misuse) {
            return report(misuse, console);
        }
        try {
            return command.run(arguments);
        } catch (Exception e) {
            return failed(e, arguments.has(PipelineOptions.JSON));
        }
    }

    private int failed(Exception e, boolean json) {
        Failure failure = e instanceof Failure known ? known : Failure.defect(e);
        if (json) {
            console.out().println(JsonReport.failure(failure));
        }
        return report(failure, console);
    }

    /** Tells people about a failure and returns its exit code. */
    static int report(Failure failure, Console console) {
        console.err()
                .println(
                        console.speaksJson() ? LogLines.failure(failure, LogFormat.JSON) : TextReport.failure(failure));
        if (console.environment().containsKey("LOADER_TRACE")) {
            failure.printStackTrace(console.err());
        }
        return failure.exitCode().number();
    }
}
