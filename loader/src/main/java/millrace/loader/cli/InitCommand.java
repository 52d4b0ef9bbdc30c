package millrace.loader.cli;

import java.util.List;
import java.util.concurrent.Callable;
import millrace.loader.config.Destination;
import millrace.loader.failure.ExitCode;
import millrace.loader.report.JsonReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "init", description = "Make the ClickHouse databases and the audit table where they are missing.")
final class InitCommand implements Callable<Integer> {
    private final Console console;
    private final Servers servers;

    @Mixin
    PipelineOptions options;

    InitCommand(Console console, Servers servers) {
        this.console = console;
        this.servers = servers;
    }

    @Override
    public Integer call() {
        Destination destination = Destination.read(options.flags(List.of(), List.of()), console.environment());
        String database = destination.database();
        servers.sink().apply(destination.server()).init(database);
        console.out()
                .println(
                        options.json
                                ? JsonReport.done(destination.pipeline())
                                : "ClickHouse is ready: databases " + database + ", analytics and millrace.");
        return ExitCode.DONE.number();
    }
}
