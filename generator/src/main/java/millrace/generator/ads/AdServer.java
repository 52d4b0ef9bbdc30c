package millrace.generator.ads;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import millrace.contract.failure.Failure;
import millrace.generator.postgres.BinaryCopy;
import millrace.generator.postgres.Session;
import millrace.generator.report.Progress;

/**
 * Fills the tables of the ads source. The same seed and period make the same rows, but for the ids, which Postgres gives
 * out. Nothing is there before the caller commits.
 */
public final class AdServer {
    private static final int STEP = 4096;
    private static final long LONGEST_THOUGHT_MICROS = TimeUnit.MINUTES.toMicros(1);

    private final Session session;
    private final Period period;
    private final long seed;
    private final Progress progress;

    public AdServer(Session session, Period period, long seed, Progress progress) {
        this.session = requireNonNull(session, "session is null");
        this.period = requireNonNull(period, "period is null");
        this.seed = seed;
        this.progress = requireNonNull(progress, "progress is null");
    }

    /** Makes advertisers with their campaigns, impressions and clicks. */
    public void batch(Batch batch) {
        List<Long> advertisers = advertisers(batch.advertisers());
        List<Long> owners = advertisers.stream()
                .flatMapToLong(id -> LongStream.generate(() -> id).limit(batch.campaigns()))
                .boxed()
                .toList();
        List<Long> campaigns = campaigns(owners);
        events("impressions", campaigns, batch.impressions(), 0);
        events("clicks", campaigns, batch.clicks(), LONGEST_THOUGHT_MICROS);
    }

    private List<Long> advertisers(int count) {
        List<Long> ids = newIds("advertiser", count);
        SplittableRandom random = new SplittableRandom(seed);
        session.copy("advertiser (id, name, created_at, updated_at)", copy -> {
            for (long id : ids) {
                copy.row(4).integer((int) id).text(Names.company(random));
                copy.time(period.start()).time(period.start());
            }
        });
        return ids;
    }

    /** Makes a campaign for each entry of the list, an advertiser's id, and returns their ids. */
    public List<Long> campaigns(List<Long> owners) {
        List<Long> ids = newIds("campaign", owners.size());
        SplittableRandom random = new SplittableRandom(seed ^ 1);
        session.copy(
                "campaign (id, advertiser_id, name, bid, budget, start_date, end_date, created_at, updated_at)",
                copy -> {
                    for (int i = 0; i < ids.size(); i++) {
                        copy.row(9).integer(ids.get(i).intValue());
                        copy.integer(owners.get(i).intValue()).text(Names.campaign(random));
                        copy.cents(random.nextLong(5, 300)).cents(random.nextLong(10_000, 5_000_000));
                        copy.date(period.firstDay()).date(period.lastDay());
                        copy.time(period.start()).time(period.start());
                    }
                });
        return ids;
    }

    /** Makes impressions of one campaign. */
    public void impressions(long campaign, long count) {
        events("impressions", List.of(campaign), count, 0);
    }

    /** Makes clicks of one campaign. */
    public void clicks(long campaign, long count) {
        events("clicks", List.of(campaign), count, LONGEST_THOUGHT_MICROS);
    }

    /**
     * Makes as many events of each campaign. The clicks come from the same random numbers as the first impressions of their
     * campaign, so each follows one.
     */
    private void events(String table, List<Long> campaigns, long each, long longestDelay) {
        progress.begin(table, each * campaigns.size());
        session.copy(table + " (campaign_id, created_at)", copy -> {
            for (int i = 0; i < campaigns.size(); i++) {
                SplittableRandom random = new SplittableRandom(seed + 0x9E3779B97F4A7C15L * (i + 2));
                int campaign = campaigns.get(i).intValue();
                for (long left = each; left > 0; left -= STEP) {
                    long step = Math.min(STEP, left);
                    write(copy, campaign, step, random, longestDelay);
                    progress.advance(step);
                }
            }
        });
        progress.end();
    }

    private void write(BinaryCopy copy, int campaign, long count, SplittableRandom random, long longestDelay)
            throws SQLException, IOException {
        for (long i = 0; i < count; i++) {
            long moment = period.moment(random);
            // Drawn for impressions, too, so that those of one campaign stay in step with its clicks.
            long delay = random.nextLong(LONGEST_THOUGHT_MICROS);
            copy.row(2).integer(campaign).time(moment + Math.min(delay, longestDelay));
        }
    }

    private List<Long> newIds(String table, int count) {
        return session.rows(
                row -> row.getLong(1),
                "SELECT nextval(pg_get_serial_sequence(?, 'id')) FROM generate_series(1, ?)",
                table,
                count);
    }

    /** @throws Failure when there is no such row */
    public void refuseUnknown(String table, long id) {
        if (session.number("SELECT 1 FROM " + table + " WHERE id = ?", id).isEmpty()) {
            String known = session.number("SELECT max(id) FROM " + table)
                    .map(last -> "The last one has the id " + last + ".")
                    .orElse("There are none yet: begin with \"generator batch\".");
            throw Failure.configuration("unknown-" + table, "There is no " + table + " with the id " + id + ".", known);
        }
    }
}
