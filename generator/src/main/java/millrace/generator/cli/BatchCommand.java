package millrace.generator.cli;

import java.math.BigDecimal;
import java.util.Locale;
import millrace.contract.cli.Arguments;
import millrace.contract.cli.Command;
import millrace.contract.failure.ExitCode;
import millrace.generator.ads.Batch;
import millrace.generator.report.Numbers;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** Advertisers with their campaigns, impressions and clicks. */
final class BatchCommand implements Command {
    private static final long MAX_IMPRESSIONS = 1_000_000_000;

    private static final Option ADVERTISERS = Arguments.value("advertisers", "N", "How many advertisers.");
    private static final Option CAMPAIGNS = Arguments.value("campaigns", "N", "How many campaigns of each advertiser.");
    private static final Option IMPRESSIONS =
            Arguments.value("impressions", "N", "How many impressions of each campaign.");
    private static final Option CTR = Arguments.value("ctr", "RATE", "Clicks per impression, such as 0.08.");

    private final Console console;

    BatchCommand(Console console) {
        this.console = console;
    }

    @Override
    public String name() {
        return "batch";
    }

    @Override
    public String description() {
        return "Makes advertisers with their campaigns, impressions and clicks, all or nothing.";
    }

    @Override
    public Options options() {
        return AdsOptions.add(ADVERTISERS, CAMPAIGNS, IMPRESSIONS, CTR);
    }

    @Override
    public int run(Arguments arguments) {
        Values values = new Values(arguments);
        Batch batch = new Batch(
                (int) values.whole(ADVERTISERS, 1, 100_000),
                (int) values.whole(CAMPAIGNS, 1, 100_000),
                values.whole(IMPRESSIONS, 0, MAX_IMPRESSIONS),
                values.number(CTR, BigDecimal.ZERO, BigDecimal.ONE));
        AdsOptions options = AdsOptions.read(values);
        if (batch.allCampaigns() > 1_000_000 || batch.allCampaigns() * batch.impressions() > MAX_IMPRESSIONS) {
            values.problem("That is " + Numbers.counted(batch.allCampaigns(), "campaign") + " of "
                    + Numbers.counted(batch.impressions(), "impression") + " each; a batch makes at most 1,000,000 and "
                    + Numbers.grouped(MAX_IMPRESSIONS) + " in all.");
        }
        values.refuseProblems();
        long beganAt = System.nanoTime();
        options.run(console, server -> {
            server.batch(batch);
            return made(batch, (System.nanoTime() - beganAt) / 1e9) + "\nThe same again: generator batch --advertisers "
                    + batch.advertisers() + " --campaigns " + batch.campaigns() + " --impressions "
                    + batch.impressions() + " --ctr " + batch.ctr() + " " + options.repeated();
        });
        return ExitCode.DONE.number();
    }

    private static String made(Batch batch, double seconds) {
        return Numbers.counted(batch.advertisers(), "advertiser") + ", "
                + Numbers.counted(batch.allCampaigns(), "campaign") + ", "
                + Numbers.counted(batch.allCampaigns() * batch.impressions(), "impression") + ", "
                + Numbers.counted(batch.allCampaigns() * batch.clicks(), "click")
                + String.format(Locale.ROOT, " in %.1f s.", seconds);
    }
}
