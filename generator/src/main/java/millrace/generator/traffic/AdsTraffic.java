package millrace.generator.traffic;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.SplittableRandom;
import millrace.generator.postgres.Session;

/** An ad server: impressions, every now and then a click, budgets that change, campaigns that come and go. */
final class AdsTraffic implements Traffic {
    private static final long CAMPAIGNS_THAT_STAY = 5;

    @Override
    public Change step(Session session, SplittableRandom random) {
        return change(session, random, random.nextInt(100)).orElseGet(() -> newCampaign(session, random));
    }

    private static Optional<Change> change(Session session, SplittableRandom random, int percent) {
        if (percent < 82) {
            return event(session, random, "impressions");
        } else if (percent < 89) {
            return event(session, random, "clicks");
        } else if (percent < 95) {
            return newBudget(session, random);
        } else if (percent < 97) {
            return leave(session, random);
        }
        return Optional.empty();
    }

    private static Optional<Change> event(Session session, SplittableRandom random, String table) {
        return Rows.any(session, random, "campaign", "id").map(campaign -> {
            session.run("INSERT INTO " + table + " (campaign_id) VALUES (?)", campaign);
            return Change.INSERT;
        });
    }

    private static Optional<Change> newBudget(Session session, SplittableRandom random) {
        return Rows.any(session, random, "campaign", "id").map(campaign -> {
            session.run(
                    "UPDATE campaign SET budget = ?, updated_at = now() WHERE id = ?",
                    BigDecimal.valueOf(random.nextLong(10_000, 5_000_000), 2),
                    campaign);
            return Change.UPDATE;
        });
    }

    /** A campaign goes; its impressions and clicks stay, as they do in the real ad server. */
    private static Optional<Change> leave(Session session, SplittableRandom random) {
        if (session.number("SELECT count(*) FROM campaign").orElseThrow() <= CAMPAIGNS_THAT_STAY) {
            return Optional.empty();
        }
        return Rows.any(session, random, "campaign", "id").map(campaign -> {
            session.run("DELETE FROM campaign WHERE id = ?", campaign);
            return Change.DELETE;
        });
    }

    private static Change newCampaign(Session session, SplittableRandom random) {
        Optional<Long> known = Rows.any(session, random, "advertiser", "id");
        long advertiser = known.isPresent()
                ? known.get()
                : session.number("INSERT INTO advertiser (name) VALUES ('New in Town') RETURNING id")
                        .orElseThrow();
        session.run(
                "INSERT INTO campaign (advertiser_id, name, bid, budget, start_date, end_date)"
                        + " VALUES (?, ?, ?, ?, current_date, current_date + 30)",
                advertiser,
                "Campaign " + random.nextInt(1000, 10_000),
                BigDecimal.valueOf(random.nextInt(5, 300), 2),
                BigDecimal.valueOf(random.nextLong(10_000, 5_000_000), 2));
        return Change.INSERT;
    }
}
