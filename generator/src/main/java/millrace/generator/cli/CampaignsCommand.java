package millrace.generator.cli;

import java.util.Collections;
import java.util.List;
import millrace.contract.cli.Arguments;
import millrace.contract.cli.Command;
import millrace.contract.failure.ExitCode;
import millrace.generator.report.Numbers;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** More campaigns of an advertiser. */
final class CampaignsCommand implements Command {
    private static final Option ADVERTISER = Arguments.value("advertiser-id", "ID", "Whose campaigns.");
    private static final Option COUNT = Arguments.value("count", "N", "How many.");

    private final Console console;

    CampaignsCommand(Console console) {
        this.console = console;
    }

    @Override
    public String name() {
        return "campaigns";
    }

    @Override
    public String description() {
        return "Makes campaigns, without impressions, of an advertiser that is there.";
    }

    @Override
    public Options options() {
        return AdsOptions.add(ADVERTISER, COUNT);
    }

    @Override
    public int run(Arguments arguments) {
        Values values = new Values(arguments);
        long advertiser = values.whole(ADVERTISER, 1, Integer.MAX_VALUE);
        int count = (int) values.whole(COUNT, 1, 1_000_000);
        AdsOptions options = AdsOptions.read(values);
        values.refuseProblems();
        options.run(console, server -> {
            server.refuseUnknown("advertiser", advertiser);
            List<Long> ids = server.campaigns(Collections.nCopies(count, advertiser));
            return Numbers.counted(count, "campaign") + " of advertiser " + advertiser + ": ids " + Collections.min(ids)
                    + " to " + Collections.max(ids) + ".";
        });
        return ExitCode.DONE.number();
    }
}
