package millrace.generator.ads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import millrace.generator.Generator;
import millrace.generator.Generator.Outcome;
import millrace.generator.TestPostgres;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("integration")
class AdsIT {
    private static final TestPostgres POSTGRES = TestPostgres.server();
    private static final String COUNTS = "SELECT concat_ws('/', (SELECT count(DISTINCT id) FROM campaign),"
            + " (SELECT count(DISTINCT id) FROM advertiser), (SELECT count(DISTINCT id) FROM impressions),"
            + " (SELECT count(DISTINCT id) FROM clicks))";
    private static final String CONTENTS = "SELECT md5(string_agg(t, ',' ORDER BY t)) FROM (SELECT"
            + " concat_ws('|', 'i', campaign_id, created_at) FROM impressions UNION ALL SELECT"
            + " concat_ws('|', 'c', campaign_id, created_at) FROM clicks UNION ALL SELECT"
            + " concat_ws('|', id, name, bid, budget, start_date, end_date) FROM campaign) AS every (t)";

    private static void done(Outcome outcome) {
        assertEquals(0, outcome.code(), outcome.err());
    }

    private static void batch(Map<String, String> ads, String advertisers, String impressions, String seed) {
        done(Generator.run(
                ads,
                "batch",
                "--advertisers",
                advertisers,
                "--campaigns",
                "10",
                "--impressions",
                impressions,
                "--ctr",
                "0.08",
                "--seed",
                seed,
                "--until",
                "2026-11-01"));
    }

    @Test
    void aBatchOfAMillion() throws Exception {
        batch(POSTGRES.sample("ads", "ADS", "ads_million"), "10", "10000", "1");
        assertEquals("100/10/1000000/80000", POSTGRES.text("ads_million", COUNTS));
    }

    @Test
    void campaignsWithImpressionsOnlyAndWithNothing() throws Exception {
        Map<String, String> ads = POSTGRES.sample("ads", "ADS", "ads_steps");
        batch(ads, "1", "1000", "1");
        done(Generator.run(ads, "campaigns", "--advertiser-id", "1", "--count", "2"));
        done(Generator.run(ads, "impressions", "--campaign-id", "11", "--count", "500"));
        assertEquals("12/1/10500/800", POSTGRES.text("ads_steps", COUNTS));
        done(Generator.run(ads, "clicks", "--campaign-id", "12", "--count", "3"));
        assertEquals("12/1/10500/803", POSTGRES.text("ads_steps", COUNTS));
    }

    @Test
    void theSameSeedMakesTheSameRows() throws Exception {
        batch(POSTGRES.sample("ads", "ADS", "ads_seed_a"), "2", "100", "7");
        batch(POSTGRES.sample("ads", "ADS", "ads_seed_b"), "2", "100", "7");
        batch(POSTGRES.sample("ads", "ADS", "ads_seed_c"), "2", "100", "8");
        String contents = POSTGRES.text("ads_seed_a", CONTENTS);
        assertEquals(contents, POSTGRES.text("ads_seed_b", CONTENTS));
        assertNotEquals(contents, POSTGRES.text("ads_seed_c", CONTENTS));
    }

    @Test
    void whatIsNotThereIsNamed() throws Exception {
        Map<String, String> ads = POSTGRES.sample("ads", "ADS", "ads_empty");
        Outcome outcome = Generator.run(ads, "clicks", "--campaign-id", "5", "--count", "1");
        assertEquals(2, outcome.code());
        assertTrue(outcome.err().contains("There is no campaign with the id 5."), outcome.err());
        assertEquals("0/0/0/0", POSTGRES.text("ads_empty", COUNTS));
    }
}
