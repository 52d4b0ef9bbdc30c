package millrace.loader.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import millrace.contract.cli.Arguments;
import millrace.contract.cli.Program;
import millrace.contract.failure.Failure;
import millrace.loader.report.JsonReport;
import millrace.loader.report.LogFormat;
import millrace.loader.report.LogLines;
import millrace.loader.report.TextReport;

/** The command line as a whole. */
public final class LoaderCommand {
    private LoaderCommand() {}

    /** Runs a command line and returns the exit code of the process. */
    public static int run(String[] arguments, Console console, Servers servers) {
        Program loader = new Program(
                "loader",
                "Copies tables from PostgreSQL into ClickHouse, exactly or not at all.",
                List.of(
                        new InitCommand(console, servers),
                        new PlanCommand(console, servers),
                        new LoadCommand(console, servers),
                        new SnapshotCommand(console, servers),
                        new VerifyCommand(console, servers)));
        return loader.run(
                Arrays.asList(arguments),
                console.out(),
                console.err(),
                (failure, said) -> report(failure, said, console));
    }

    private static void report(Failure failure, Optional<Arguments> said, Console console) {
        if (said.isPresent() && said.get().has(PipelineOptions.JSON)) {
            console.out().println(JsonReport.failure(failure));
        }
        report(failure, console);
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
