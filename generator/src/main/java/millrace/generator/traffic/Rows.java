package millrace.generator.traffic;

import java.util.Optional;
import java.util.SplittableRandom;
import millrace.generator.postgres.Session;

/** Picks rows by chance, but the same ones again for the same numbers and rows. */
final class Rows {
    private Rows() {}

    /** The key of any row; empty when there is none. */
    static Optional<Long> any(Session session, SplittableRandom random, String table, String key) {
        return any(session, random, table, key, "true");
    }

    /** The key of any row for which a condition holds; empty when there is none. */
    static Optional<Long> any(Session session, SplittableRandom random, String table, String key, String condition) {
        String of = " FROM " + table + " AS t WHERE " + condition;
        Optional<Long> first = session.number("SELECT min(" + key + ")" + of);
        if (first.isEmpty()) {
            return first;
        }
        long last = session.number("SELECT max(" + key + ")" + of).orElseThrow();
        long from = random.nextLong(first.get(), last + 1);
        return session.number("SELECT " + key + of + " AND " + key + " >= ? ORDER BY " + key + " LIMIT 1", from);
    }
}
