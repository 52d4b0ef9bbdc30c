package millrace.contract.cli;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import millrace.contract.failure.ExitCode;
import millrace.contract.failure.Failure;
import millrace.contract.failure.Suggestion;

/**
 * A program of several commands.
 *
 * @param name that it is called by
 * @param purpose a sentence
 */
public record Program(String name, String purpose, List<Command> commands) {
    private static final List<String> HELP = List.of("-h", "--help");
    private static final List<String> VERSION = List.of("-V", "--version");

    public Program {
        requireNonNull(name, "name is null");
        requireNonNull(purpose, "purpose is null");
        commands = List.copyOf(commands);
    }

    /** Tells people of a failure. */
    @FunctionalInterface
    public interface Reporter {
        /** @param arguments of the command; empty when the command line itself is wrong */
        void failed(Failure failure, Optional<Arguments> arguments);
    }

    /** Runs a command line and returns the exit code of the process. */
    public int run(List<String> words, PrintStream out, PrintStream err, Reporter reporter) {
        if (words.isEmpty()) {
            Usage.print(this, err);
            return ExitCode.BAD_CONFIGURATION.number();
        }
        if (HELP.contains(words.get(0))) {
            Usage.print(this, out);
            return ExitCode.DONE.number();
        }
        if (VERSION.contains(words.get(0))) {
            out.println(Version.of(name));
            return ExitCode.DONE.number();
        }
        Optional<Command> asked = commands.stream()
                .filter(command -> command.name().equals(words.get(0)))
                .findFirst();
        return asked.isEmpty()
                ? ended(unknown(words.get(0)), Optional.empty(), reporter)
                : run(asked.get(), words.subList(1, words.size()), out, reporter);
    }

    private Failure unknown(String word) {
        List<String> names = commands.stream().map(Command::name).toList();
        return Arguments.wrong(name, "There is no command \"" + word + "\"; " + Suggestion.among(names, word));
    }

    private int run(Command command, List<String> words, PrintStream out, Reporter reporter) {
        if (words.stream().anyMatch(HELP::contains)) {
            Usage.print(this, command, out);
            return ExitCode.DONE.number();
        }
        Arguments arguments;
        try {
            arguments = Arguments.read(name + " " + command.name(), command.options(), words);
        } catch (Failure misuse) {
            return ended(misuse, Optional.empty(), reporter);
        }
        try {
            return command.run(arguments);
        } catch (Exception e) {
            Failure failure = e instanceof Failure known ? known : Failure.defect(name, e);
            return ended(failure, Optional.of(arguments), reporter);
        }
    }

    private static int ended(Failure failure, Optional<Arguments> arguments, Reporter reporter) {
        reporter.failed(failure, arguments);
        return failure.exitCode().number();
    }
}
