package millrace.loader.cli;

import java.util.Arrays;
import java.util.List;
import millrace.loader.config.Suggestion;
import millrace.loader.failure.Failure;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;

/** What a command line says after the name of its command. */
final class Arguments {
    private final Command command;
    private final CommandLine line;

    private Arguments(Command command, CommandLine line) {
        this.command = command;
        this.line = line;
    }

    /** @throws Failure when there are words that the command does not know, or options without their value */
    static Arguments read(Command command, List<String> words) {
        // Names in quotes are names of tables.
        DefaultParser parser = DefaultParser.builder()
                .setAllowPartialMatching(false)
                .setStripLeadingAndTrailingQuotes(false)
                .get();
        CommandLine line;
        try {
            line = parser.parse(command.options(), words.toArray(String[]::new));
        } catch (ParseException e) {
            throw wrong(command.name(), sentence(e, command.options()));
        }
        if (!line.getArgList().isEmpty()) {
            throw wrong(command.name(), "\"" + line.getArgList().get(0) + "\" belongs to no option.");
        }
        return new Arguments(command, line);
    }

    static Failure wrong(String command, String sentence) {
        return Failure.configuration(
                "bad-command-line",
                sentence,
                "\"loader " + command + (command.isEmpty() ? "" : " ") + "--help\" shows the usage.");
    }

    private static String sentence(ParseException e, Options options) {
        if (e instanceof MissingArgumentException missing) {
            return shown(missing.getOption()) + " needs a value.";
        }
        if (e instanceof UnrecognizedOptionException unknown) {
            String name = unknown.getOption().split("=", 2)[0];
            List<String> known =
                    options.getOptions().stream().map(Arguments::shown).toList();
            return "There is no option " + name + "; " + Suggestion.among(known, name);
        }
        return e.getMessage() + ".";
    }

    static Option flag(String name, String description) {
        return Option.builder().longOpt(name).desc(description).get();
    }

    static Option value(String name, String label, String description) {
        return Option.builder()
                .longOpt(name)
                .hasArg()
                .argName(label)
                .desc(description)
                .get();
    }

    private static String shown(Option option) {
        return "--" + option.getLongOpt();
    }

    boolean has(Option flag) {
        return line.hasOption(flag);
    }

    /**
     * The value of an option, or the other text where it is not given.
     *
     * @throws Failure when it is given twice
     */
    String text(Option option, String otherwise) {
        List<String> given = all(option);
        if (given.size() > 1) {
            throw wrong(command.name(), shown(option) + " is given twice.");
        }
        return given.isEmpty() ? otherwise : given.get(0);
    }

    /** @throws Failure when it is not given */
    String needed(Option option) {
        String value = text(option, null);
        if (value == null) {
            throw wrong(command.name(), shown(option) + " is missing.");
        }
        return value;
    }

    /** @throws Failure when the value is no number, or too large for an int */
    int number(Option option, int otherwise) {
        String value = text(option, Integer.toString(otherwise));
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw wrong(command.name(), shown(option) + " must be a whole number, not \"" + value + "\".");
        }
    }

    /** The values of an option that may be repeated. */
    List<String> all(Option option) {
        String[] given = line.getOptionValues(option);
        return given == null ? List.of() : Arrays.asList(given);
    }
}
