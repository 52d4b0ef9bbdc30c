package millrace.generator.cli;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import millrace.generator.failure.Failure;
import millrace.generator.report.Numbers;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;

/** What a command line says after the name of its command. Values that are wrong are told all at once. */
final class Arguments {
    private final Command command;
    private final CommandLine line;
    private final List<String> problems = new ArrayList<>();

    private Arguments(Command command, CommandLine line) {
        this.command = command;
        this.line = line;
    }

    /** @throws Failure when there are words that the command does not know, or options without their value */
    static Arguments read(Command command, List<String> words) {
        CommandLine line;
        try {
            DefaultParser parser =
                    DefaultParser.builder().setAllowPartialMatching(false).get();
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
                "\"generator " + command + (command.isEmpty() ? "" : " ")
                        + "--help\" shows the usage. Nothing was changed.");
    }

    private static String sentence(ParseException e, Options options) {
        if (e instanceof MissingArgumentException missing) {
            return shown(missing.getOption()) + " needs a value.";
        }
        if (e instanceof UnrecognizedOptionException unknown) {
            String known = options.getOptions().stream().map(Arguments::shown).collect(Collectors.joining(", "));
            return "There is no option " + unknown.getOption().split("=", 2)[0] + "; known are " + known + ".";
        }
        return e.getMessage() + ".";
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

    boolean has(Option option) {
        return line.hasOption(option);
    }

    /** The value of an option; empty when it is not given. Given twice is a problem. */
    Optional<String> text(Option option) {
        String[] given = line.getOptionValues(option);
        if (given != null && given.length > 1) {
            problems.add(shown(option) + " is given twice.");
        }
        return given == null ? Optional.empty() : Optional.of(given[0]);
    }

    Optional<String> needed(Option option) {
        Optional<String> value = text(option);
        if (value.isEmpty()) {
            problems.add(shown(option) + " is missing.");
        }
        return value;
    }

    /** A whole number that must be given. */
    long whole(Option option, long least, long most) {
        return needed(option).map(value -> whole(option, value, least, most)).orElse(least);
    }

    /** A whole number that may be left out. */
    long whole(Option option, long least, long most, long otherwise) {
        return text(option).map(value -> whole(option, value, least, most)).orElse(otherwise);
    }

    private long whole(Option option, String value, long least, long most) {
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        problems.add(shown(option) + " must be a whole number from " + Numbers.grouped(least) + " to "
                + Numbers.grouped(most) + ", not \"" + value + "\".");
        return least;
    }

    /** A number, of which the value says in words what it must be. */
    BigDecimal number(Option option, BigDecimal least, BigDecimal most) {
        String value = needed(option).orElse(least.toString());
        try {
            // A number of a million digits is no rate.
            BigDecimal number = new BigDecimal(value.length() > 20 ? "" : value);
            if (number.compareTo(least) >= 0 && number.compareTo(most) <= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        problems.add(shown(option) + " must be a number from " + least + " to " + most + ", not \"" + value + "\".");
        return least;
    }

    LocalDate date(Option option, LocalDate otherwise) {
        Optional<String> value = text(option);
        try {
            return value.map(LocalDate::parse).orElse(otherwise);
        } catch (DateTimeException e) {
            problems.add(shown(option) + " must be a day such as 2026-07-01, not \"" + value.orElseThrow() + "\".");
            return otherwise;
        }
    }

    void problem(String sentence) {
        problems.add(sentence);
    }

    /** @throws Failure with a line for each problem that was met so far */
    void refuseProblems() {
        if (!problems.isEmpty()) {
            throw wrong(command.name(), String.join("\n", problems));
        }
    }
}
