package millrace.generator.cli;

import millrace.contract.cli.Arguments;
import millrace.contract.cli.Command;
import millrace.contract.failure.ExitCode;
import millrace.generator.ads.AdServer;
import millrace.generator.report.Numbers;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** More impressions, or more clicks, of a campaign. */
final class EventsCommand implements Command {
    private static final Option CAMPAIGN = Arguments.value("campaign-id", "ID", "Of which campaign.");
    private static final Option COUNT = Arguments.value("count", "N", "How many.");

    private interface Maker {
        void make(AdServer server, long campaign, long count);
    }

    private final String name;
    private final Maker maker;
    private final Console console;

    private EventsCommand(String name, Maker maker, Console console) {
        this.name = name;
        this.maker = maker;
        this.console = console;
    }

    static EventsCommand impressions(Console console) {
        return new EventsCommand("impressions", AdServer::impressions, console);
    }

    static EventsCommand clicks(Console console) {
        return new EventsCommand("clicks", AdServer::clicks, console);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return "Makes " + name + " of a campaign that is there.";
    }

    @Override
    public Options options() {
        return AdsOptions.add(CAMPAIGN, COUNT);
    }

    @Override
    public int run(Arguments arguments) {
        Values values = new Values(arguments);
        long campaign = values.whole(CAMPAIGN, 1, Integer.MAX_VALUE);
        long count = values.whole(COUNT, 1, 1_000_000_000);
        AdsOptions options = AdsOptions.read(values);
        values.refuseProblems();
        options.run(console, server -> {
            server.refuseUnknown("campaign", campaign);
            maker.make(server, campaign, count);
            return Numbers.grouped(count) + " " + name + " of campaign " + campaign + ".";
        });
        return ExitCode.DONE.number();
    }
}
