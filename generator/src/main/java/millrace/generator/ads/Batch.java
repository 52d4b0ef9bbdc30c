package millrace.generator.ads;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What a batch makes.
 *
 * @param campaigns of each advertiser
 * @param impressions of each campaign
 * @param ctr clicks per impression, from 0 to 1
 */
public record Batch(int advertisers, int campaigns, long impressions, BigDecimal ctr) {
    public Batch {
        requireNonNull(ctr, "ctr is null");
    }

    public long allCampaigns() {
        return (long) advertisers * campaigns;
    }

    /** Clicks of each campaign: its impressions times the rate, to the nearest whole click. */
    public long clicks() {
        return ctr.multiply(BigDecimal.valueOf(impressions))
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
    }
}
