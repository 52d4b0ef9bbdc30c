package millrace.generator.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import millrace.generator.failure.ExitCode;
import millrace.generator.failure.Failure;

/** The command line as a whole. */
public final class GeneratorCommand {
    private static final List<String> HELP = List.of("-h", "--help");
    private static final List<Command> COMMANDS = List.of(
            new ServeCommand(),
            new BatchCommand(),
            new CampaignsCommand(),
            EventsCommand.impressions(),
            EventsCommand.clicks(),
            new TrafficCommand());

    private GeneratorCommand() {}

    /** Runs a command line and returns the exit code of the process. */
    public static int run(String[] arguments, Console console) {
        List<String> words = Arrays.asList(arguments);
        if (words.isEmpty()) {
            Usage.print(COMMANDS, console.err());
            return ExitCode.BAD_CONFIGURATION.number();
        }
        if (HELP.contains(words.get(0))) {
            Usage.print(COMMANDS, console.out());
            return ExitCode.DONE.number();
        }
        Optional<Command> asked = COMMANDS.stream()
                .filter(command -> command.name().equals(words.get(0)))
                .findFirst();
        return asked.isEmpty()
                ? report(unknown(words.get(0)), console)
                : run(asked.get(), words.subList(1, words.size()), console);
    }

    private static Failure unknown(String word) {
        String names = COMMANDS.stream().map(Command::name).collect(Collectors.joining(", "));
        return Arguments.wrong("", "There is no command \"" + word + "\"; known are " + names + ".");
    }

    private static int run(Command command, List<String> words, Console console) {
        if (words.stream().anyMatch(HELP::contains)) {
            Usage.print(command, console.out());
            return ExitCode.DONE.number();
        }
        try {
            command.run(Arguments.read(command, words), console);
            return ExitCode.DONE.number();
        } catch (Failure failure) {
            return report(failure, console);
        } catch (Exception e) {
            return report(
                    Failure.running(
                            "defect",
                            "The generator met an unexpected error: " + e,
                            "Please report this with the stack trace that GENERATOR_TRACE=1 shows.",
                            e),
                    console);
        }
    }

    private static int report(Failure failure, Console console) {
        console.err()
                .println("generator: " + failure.sentence() + "\n  " + failure.hint() + " (" + failure.code() + ")");
        if (console.environment().containsKey("GENERATOR_TRACE")) {
            failure.printStackTrace(console.err());
        }
        return failure.exitCode().number();
    }
}
