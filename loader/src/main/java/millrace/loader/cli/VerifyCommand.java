package millrace.loader.cli;

import java.util.ArrayList;
import java.util.List;
import millrace.loader.config.Configuration;
import millrace.loader.config.TableEntry;
import millrace.loader.failure.ExitCode;
import millrace.loader.failure.Failure;
import millrace.loader.plan.Scope;
import millrace.loader.plan.TablePlan;
import millrace.loader.report.JsonReport;
import millrace.loader.report.TextReport;
import millrace.loader.run.LoadRequest;
import millrace.loader.run.PlanMaker;
import millrace.loader.run.Sink;
import millrace.loader.run.Snapshot;
import millrace.loader.run.Source;
import millrace.loader.verify.Buckets;
import millrace.loader.verify.TableComparison;
import millrace.loader.verify.Verifier;
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
        return TableFlags.allOptions().addOption(SAMPLE);
    }

    @Override
    public int run(Arguments arguments) {
        TableFlags options = TableFlags.of(arguments);
        int sample = arguments.number(SAMPLE, EVERY_ROW);
        if (sample < 1 || sample > EVERY_ROW) {
            throw Failure.configuration(
                    "bad-sample", "--sample must be from 1 to 100, not " + sample + ".", "It is a percentage.");
        }
        Configuration configuration = options.configuration(console, servers);
        List<TableComparison> comparisons = compare(configuration, sample);
        if (options.json()) {
            console.out()
                    .println(JsonReport.comparisons(configuration.pipeline().name(), comparisons));
        } else {
            comparisons.forEach(comparison -> console.out().println(TextReport.comparison(comparison)));
        }
        return comparisons.stream().allMatch(TableComparison::same) ? ExitCode.DONE.number() : ExitCode.FAILED.number();
    }

    private List<TableComparison> compare(Configuration configuration, int sample) {
        Source source = servers.source().apply(configuration.source());
        LoadRequest request =
                LoadCommand.request(configuration, "", TableFlags.chosen(configuration, source), new Scope.Usual(), 0);
        Sink sink = servers.sink().apply(configuration.target());
        List<TableComparison> comparisons = new ArrayList<>();
        try (Snapshot snapshot =
                source.open(request.tables().stream().map(TableEntry::source).toList())) {
            Verifier verifier = new Verifier(snapshot.fingerprints(), sink.fingerprints());
            for (TablePlan plan : PlanMaker.plan(request, snapshot, sink.timeLimits())) {
                comparisons.add(verifier.compare(plan.spec(), Buckets.forRows(plan.estimatedRows(), sample)));
            }
        }
        return comparisons;
    }
}
