package millrace.generator.cli;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import millrace.contract.cli.Arguments;
import millrace.generator.report.Numbers;
import org.apache.commons.cli.Option;

/** The values of a command's options. Those that are wrong are told all at once. */
final class Values {
    private final Arguments arguments;
    private final List<String> problems = new ArrayList<>();

    Values(Arguments arguments) {
        this.arguments = requireNonNull(arguments, "arguments is null");
    }

    /** The value of an option; empty when it is not given. Given twice is a problem. */
    Optional<String> text(Option option) {
        List<String> given = arguments.all(option);
        if (given.size() > 1) {
            problem(Arguments.shown(option) + " is given twice.");
        }
        return given.stream().findFirst();
    }

    Optional<String> needed(Option option) {
        Optional<String> value = text(option);
        if (value.isEmpty()) {
            problem(Arguments.shown(option) + " is missing.");
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
        problem(Arguments.shown(option) + " must be a whole number from " + Numbers.grouped(least) + " to "
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
        problem(Arguments.shown(option) + " must be a number from " + least + " to " + most + ", not \"" + value
                + "\".");
        return least;
    }

    LocalDate date(Option option, LocalDate otherwise) {
        Optional<String> value = text(option);
        try {
            return value.map(LocalDate::parse).orElse(otherwise);
        } catch (DateTimeException e) {
            problem(Arguments.shown(option) + " must be a day such as 2026-07-01, not \"" + value.orElseThrow()
                    + "\".");
            return otherwise;
        }
    }

    void problem(String sentence) {
        problems.add(sentence);
    }

    /** @throws millrace.contract.failure.Failure with a line for each problem that was met so far */
    void refuseProblems() {
        if (!problems.isEmpty()) {
            throw arguments.wrong(String.join("\n", problems));
        }
    }
}
