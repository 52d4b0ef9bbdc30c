package millrace.loader.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import millrace.contract.cli.Arguments;
import millrace.contract.cli.Command;
import millrace.contract.failure.Failure;
import millrace.loader.config.Configuration;
import millrace.loader.plan.Scope;
import millrace.loader.report.JsonReport;
import millrace.loader.report.VerifyLine;
import millrace.loader.report.VerifyLines;
import millrace.loader.run.LoadRequest;
import millrace.loader.run.Sink;
import millrace.loader.run.Source;
import millrace.loader.run.VerifyRun;
import millrace.loader.verify.TableComparison;
import millrace.loader.verify.VerifyListener;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

final class VerifyCommand implements Command {
    private static final int EVERY_ROW = 100;

    private static final Option SAMPLE =
            Arguments.value("sample", "PERCENT", "Compare only this share of the rows, always the same ones.");

    private final Console console;
    private final Servers servers;

    VerifyCommand(Console console, Servers servers) {
        this.console = console;
        this.servers = servers;
    }

    @Override
    public String name() {
        return "verify";
    }

    @Override
    public String description() {
        return "Compare every value of published tables with the source, by checksums that both servers compute.";
    }

    @Override
    public Options options() {
        return TableFlags.allOptions().addOptions(SharingOptions.options()).addOption(SAMPLE);
    }

    @Override
    public int run(Arguments arguments) {
        TableFlags options = TableFlags.of(arguments);
        int sample = arguments.number(SAMPLE, EVERY_ROW);
        if (sample < 1 || sample > EVERY_ROW) {
            throw Failure.configuration(
                    "bad-sample", "--sample must be from 1 to 100, not " + sample + ".", "It is a percentage.");
        }
        SharingOptions sharing = SharingOptions.of(arguments);
        Configuration configuration = options.configuration(console, servers);
        Source source = sharing.source(
                servers.source().apply(configuration.source()),
                configuration.pipeline().name(),
                console);
        List<TableComparison> comparisons = compare(configuration, source, sample, options.json());
        if (options.json()) {
            console.out()
                    .println(JsonReport.comparisons(configuration.pipeline().name(), comparisons));
        }
        return TableComparison.exitCode(comparisons).number();
    }

    private List<TableComparison> compare(Configuration configuration, Source source, int sample, boolean json) {
        LoadRequest request = LoadCommand.request(
                configuration, "", TableFlags.chosen(configuration, source), new Scope.Usual(), false, 0);
        Sink sink = servers.sink().apply(configuration.target());
        return new VerifyRun(source, sink, listener(json)).run(request, sample);
    }

    private VerifyListener listener(boolean json) {
        PrintStream results = json ? new PrintStream(OutputStream.nullOutputStream()) : console.out();
        return console.showsLine()
                ? new VerifyLine(console.err(), results)
                : new VerifyLines(console.err(), results, console.log(), Console.PROGRESS_INTERVAL);
    }
}
