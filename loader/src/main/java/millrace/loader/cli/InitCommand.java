package millrace.loader.cli;

import millrace.contract.cli.Arguments;
import millrace.contract.cli.Command;
import millrace.contract.failure.ExitCode;
import millrace.loader.config.Destination;
import millrace.loader.report.JsonReport;
import org.apache.commons.cli.Options;

final class InitCommand implements Command {
    private final Console console;
    private final Servers servers;

    InitCommand(Console console, Servers servers) {
        this.console = console;
        this.servers = servers;
    }

    @Override
    public String name() {
        return "init";
    }

    @Override
    public String description() {
        return "Make the ClickHouse databases and the audit table where they are missing.";
    }

    @Override
    public Options options() {
        return TableFlags.allOptions();
    }

    @Override
    public int run(Arguments arguments) {
        TableFlags options = TableFlags.of(arguments);
        Destination destination = Destination.read(options.flags(), console.environment());
        String database = destination.database();
        servers.sink().apply(destination.server()).init(database);
        console.out()
                .println(
                        options.json()
                                ? JsonReport.done(destination.pipeline())
                                : "ClickHouse is ready: databases " + database + ", analytics and millrace.");
        return ExitCode.DONE.number();
    }
}
