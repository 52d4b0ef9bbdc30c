package millrace.loader.cli;

import java.util.List;
import millrace.contract.cli.Arguments;
import millrace.contract.cli.Command;
import millrace.contract.failure.ExitCode;
import millrace.contract.pipeline.TableEntry;
import millrace.loader.config.Configuration;
import millrace.loader.plan.Scope;
import millrace.loader.plan.TablePlan;
import millrace.loader.report.PlanJson;
import millrace.loader.report.PlanText;
import millrace.loader.run.LoadRequest;
import millrace.loader.run.PlanMaker;
import millrace.loader.run.Sink;
import millrace.loader.run.Snapshot;
import millrace.loader.run.Source;
import millrace.loader.run.Survey;
import millrace.loader.run.TargetFit;
import millrace.loader.run.Unfinished;
import org.apache.commons.cli.Options;

final class PlanCommand implements Command {
    private final Console console;
    private final Servers servers;

    PlanCommand(Console console, Servers servers) {
        this.console = console;
        this.servers = servers;
    }

    @Override
    public String name() {
        return "plan";
    }

    @Override
    public String description() {
        return "Show exactly what load would do, and change nothing.";
    }

    @Override
    public Options options() {
        return TableFlags.allOptions().addOptions(ScopeOptions.options());
    }

    @Override
    public int run(Arguments arguments) {
        TableFlags options = TableFlags.of(arguments);
        Scope scope = ScopeOptions.scope(arguments);
        Configuration configuration = options.configuration(console, servers);
        Source source = servers.source().apply(configuration.source());
        LoadRequest request = LoadCommand.request(
                configuration,
                "",
                TableFlags.chosen(configuration, source),
                scope,
                arguments.has(ScopeOptions.ADOPT),
                0);
        Sink sink = servers.sink().apply(configuration.target());
        try (Snapshot snapshot =
                source.open(request.tables().stream().map(TableEntry::source).toList())) {
            List<TablePlan> plans = PlanMaker.plan(request, snapshot, sink.timeLimits());
            Survey survey = sink.survey(
                    request.pipeline(),
                    plans.stream().map(plan -> plan.spec().target()).toList());
            List<Unfinished> unfinished = sink.unfinished(survey);
            List<TablePlan> fitting = new TargetFit(request, snapshot, sink).fit(plans, survey);
            console.out()
                    .println(
                            options.json()
                                    ? new PlanJson(source, sink).of(request.pipeline(), survey, unfinished, fitting)
                                    : PlanText.of(survey, unfinished, fitting, source, sink));
        }
        return ExitCode.DONE.number();
    }
}
