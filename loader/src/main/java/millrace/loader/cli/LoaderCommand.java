package millrace.loader.cli;

import java.io.PrintWriter;
import java.util.List;
import millrace.loader.failure.ExitCode;
import millrace.loader.failure.Failure;
import millrace.loader.report.JsonReport;
import millrace.loader.report.LogFormat;
import millrace.loader.report.LogLines;
import millrace.loader.report.TextReport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line as a whole. */
@Command(
        name = "loader",
        description = "Copies tables from PostgreSQL into ClickHouse, exactly or not at all.",
        footer = {"", "Exit codes: 0 done, 1 failed while running, 2 bad configuration, 3 a server can't be reached."})
public final class LoaderCommand {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = CommandLine.ScopeType.INHERIT,
            description = "Show this text.")
    boolean help;

    private LoaderCommand() {}

    /** Runs a command line and returns the exit code of the process. */
    public static int run(String[] arguments, Console console, Servers servers) {
        CommandLine line = new CommandLine(new LoaderCommand());
        commands(console, servers, arguments).forEach(line::addSubcommand);
        line.setOut(new PrintWriter(console.out(), true));
        line.setErr(new PrintWriter(console.err(), true));
        line.setExecutionExceptionHandler((e, command, parsed) -> failed(e, parsed, console));
        line.setParameterExceptionHandler((e, wrong) -> misused(e, console));
        if (arguments.length == 0) {
            line.usage(console.err());
            return ExitCode.BAD_CONFIGURATION.number();
        }
        return line.execute(arguments);
    }

    /** The command that is asked for, or all when it is none of them: reading a command's annotations takes its time. */
    private static List<Object> commands(Console console, Servers servers, String[] arguments) {
        String asked = arguments.length == 0 ? "" : arguments[0];
        return switch (asked) {
            case "init" -> List.of(new InitCommand(console, servers));
            case "plan" -> List.of(new PlanCommand(console, servers));
            case "load" -> List.of(new LoadCommand(console, servers));
            case "snapshot" -> List.of(new SnapshotCommand(console, servers));
            case "verify" -> List.of(new VerifyCommand(console, servers));
            default ->
                List.of(
                        new InitCommand(console, servers),
                        new PlanCommand(console, servers),
                        new LoadCommand(console, servers),
                        new SnapshotCommand(console, servers),
                        new VerifyCommand(console, servers));
        };
    }

    private static int misused(CommandLine.ParameterException e, Console console) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        return report(
                Failure.configuration(
                        "bad-command-line", e.getMessage(), "\"" + command + " --help\" shows the usage."),
                console);
    }

    private static int failed(Exception e, CommandLine.ParseResult parsed, Console console) {
        Failure failure = e instanceof Failure known
                ? known
                : Failure.running(
                        "defect",
                        "The loader met an unexpected error: " + e,
                        "Please report this with the stack trace that LOADER_TRACE=1 shows.",
                        e);
        if (parsed.subcommand() != null && parsed.subcommand().hasMatchedOption("--json")) {
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
