package millrace.generator.cli;

import java.time.Clock;
import java.time.LocalDate;
import java.util.SplittableRandom;
import millrace.contract.cli.Arguments;
import millrace.contract.settings.Environment;
import millrace.contract.settings.PostgresSettings;
import millrace.generator.ads.AdServer;
import millrace.generator.ads.Period;
import millrace.generator.postgres.Session;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** What all commands of the ads source share: the seed, the days, and how they connect. */
record AdsOptions(long seed, Period period) {
    /** The prefix of the source's environment variables. */
    private static final String ENV = "ADS";

    private static final Option SEED =
            Arguments.value("seed", "N", "The same seed and days make the same rows again; any seed unless given.");
    private static final Option UNTIL =
            Arguments.value("until", "DAY", "Events end before this day, in UTC; today unless given.");
    private static final Option DAYS =
            Arguments.value("days", "N", "Over how many days events are spread; 30 unless given.");

    static Options add(Option... own) {
        Options options = new Options();
        for (Option option : own) {
            options.addOption(option);
        }
        return options.addOption(SEED).addOption(UNTIL).addOption(DAYS);
    }

    static AdsOptions read(Values values) {
        long any = new SplittableRandom().nextLong(1_000_000_000);
        return new AdsOptions(
                values.whole(SEED, 0, Long.MAX_VALUE, any),
                new Period(
                        values.date(UNTIL, LocalDate.now(Clock.systemUTC())), (int) values.whole(DAYS, 1, 3650, 30)));
    }

    /** What repeats a command line that left something to chance or to the day. */
    String repeated() {
        return "--seed " + seed + " --until " + period.until() + " --days " + period.days();
    }

    /** Does work on the source, which is committed as a whole, and says what came of it. */
    interface Work {
        String on(AdServer server);
    }

    /** Does the work and, when it is committed, prints what it says. */
    void run(Console console, Work work) {
        Environment environment = new Environment(console.environment());
        PostgresSettings settings = PostgresSettings.read(ENV, environment);
        environment.refuseProblems();
        try (Session session = Session.open(settings, "")) {
            String sentence = work.on(new AdServer(session, period, seed, console.progress()));
            session.commit();
            console.out().println(sentence);
        }
    }
}
