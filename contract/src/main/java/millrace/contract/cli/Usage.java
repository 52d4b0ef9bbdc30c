package millrace.contract.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.commons.cli.help.HelpFormatter;
import org.apache.commons.cli.help.TableDefinition;
import org.apache.commons.cli.help.TextHelpAppendable;
import org.apache.commons.cli.help.TextStyle;

/** What the command line tells whoever asks it for help. */
final class Usage {
    private static final String EXIT_CODES =
            "Exit codes: 0 done, 1 failed while running, 2 bad configuration, 3 a server can't be reached.";

    private static final TextStyle SENTENCE =
            TextStyle.builder().setMaxWidth(60).setLeftPad(2).get();

    private Usage() {}

    private static TextHelpAppendable text(PrintStream out) {
        TextHelpAppendable text = new TextHelpAppendable(out);
        text.setIndent(0);
        return text;
    }

    /** Shows all commands. */
    static void print(Program program, PrintStream out) {
        TextHelpAppendable text = text(out);
        TextStyle names = TextStyle.builder()
                .setMinWidth(program.commands().stream()
                        .mapToInt(command -> command.name().length())
                        .max()
                        .orElse(0))
                .setScalable(false)
                .get();
        List<List<String>> rows = program.commands().stream()
                .map(command -> List.of(command.name(), command.description()))
                .toList();
        out.println("Usage: " + program.name() + " COMMAND [OPTION]...");
        try {
            text.appendParagraph(program.purpose());
            text.appendTable(
                    TableDefinition.from("", List.of(names, SENTENCE), List.of("Command", "What it does"), rows));
            text.appendParagraph("\"" + program.name() + " COMMAND --help\" shows the options of a command," + " \""
                    + program.name() + " --version\" which one this is.");
            text.appendParagraph(EXIT_CODES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Shows a command's options. */
    static void print(Program program, Command command, PrintStream out) {
        HelpFormatter formatter = HelpFormatter.builder()
                .setShowSince(false)
                .setHelpAppendable(text(out))
                .get();
        out.println("Usage: " + program.name() + " " + command.name() + " [OPTION]...");
        try {
            formatter.getSerializer().appendParagraph(command.description());
            if (!command.options().getOptions().isEmpty()) {
                formatter.printOptions(command.options());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
