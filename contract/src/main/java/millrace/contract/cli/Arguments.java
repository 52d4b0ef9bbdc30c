package millrace.contract.cli;

import java.util.Arrays;
import java.util.List;
import millrace.contract.failure.Failure;
import millrace.contract.failure.Suggestion;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;

/** What a command line says after the name of its command. */
public final class Arguments {
    private final String command;
    private final CommandLine line;

    private Arguments(String command, CommandLine line) {
        this.command = command;
        this.line = line;
    }

    /**
     * Reads words.
     *
     * @param command as it is called, after its program
     * @throws Failure when there are words that the command does not know, or options without their value
     */
    public static Arguments read(String command, Options options, List<String> words) {
        // Names in quotes are names of tables.
        DefaultParser parser = DefaultParser.builder()
                .setAllowPartialMatching(false)
                .setStripLeadingAndTrailingQuotes(false)
                .get();
        CommandLine line;
        try {
            line = parser.parse(options, words.toArray(String[]::new));
        } catch (ParseException e) {
            throw wrong(command, sentence(e, options));
        }
        if (!line.getArgList().isEmpty()) {
            throw wrong(command, "\"" + line.getArgList().get(0) + "\" belongs to no option.");
        }
        return new Arguments(command, line);
    }

    /** A command line that cannot be understood. */
    public Failure wrong(String sentence) {
        return wrong(command, sentence);
    }

    static Failure wrong(String command, String sentence) {
        return Failure.configuration("bad-command-line", sentence, "\"" + command + " --help\" shows the usage.");
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

    public static Option flag(String name, String description) {
        return Option.builder().longOpt(name).desc(description).get();
    }

    public static Option value(String name, String label, String description) {
        return Option.builder()
                .longOpt(name)
                .hasArg()
                .argName(label)
                .desc(description)
                .get();
    }

    /** An option as it is typed. */
    public static String shown(Option option) {
        return "--" + option.getLongOpt();
    }

    public boolean has(Option flag) {
        return line.hasOption(flag);
    }

    /**
     * The value of an option, or the other text where it is not given.
     *
     * @throws Failure when it is given twice
     */
    public String text(Option option, String otherwise) {
        List<String> given = all(option);
        if (given.size() > 1) {
            throw wrong(shown(option) + " is given twice.");
        }
        return given.isEmpty() ? otherwise : given.get(0);
    }

    /** @throws Failure when it is not given */
    public String needed(Option option) {
        String value = text(option, null);
        if (value == null) {
            throw wrong(shown(option) + " is missing.");
        }
        return value;
    }

    /** @throws Failure when the value is no number, or too large for an int */
    public int number(Option option, int otherwise) {
        String value = text(option, Integer.toString(otherwise));
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw wrong(shown(option) + " must be a whole number, not \"" + value + "\".");
        }
    }

    /** The values of an option that may be repeated. */
    public List<String> all(Option option) {
        String[] given = line.getOptionValues(option);
        return given == null ? List.of() : Arrays.asList(given);
    }
}
