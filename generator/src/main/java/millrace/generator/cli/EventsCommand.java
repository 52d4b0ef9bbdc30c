package millrace.generator.cli;

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

    private EventsCommand(String name, Maker maker) {
        this.name = name;
        this.maker = maker;
    }

    static EventsCommand impressions() {
        return new EventsCommand("impressions", AdServer::impressions);
    }

    static EventsCommand clicks() {
        return new EventsCommand("clicks", AdServer::clicks);
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
    public void run(Arguments arguments, Console console) {
        long campaign = arguments.whole(CAMPAIGN, 1, Integer.MAX_VALUE);
        long count = arguments.whole(COUNT, 1, 1_000_000_000);
        AdsOptions options = AdsOptions.read(arguments);
        arguments.refuseProblems();
        options.run(console, server -> {
            server.refuseUnknown("campaign", campaign);
            maker.make(server, campaign, count);
            return Numbers.grouped(count) + " " + name + " of campaign " + campaign + ".";
        });
    }
}
