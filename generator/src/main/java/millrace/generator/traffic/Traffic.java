package millrace.generator.traffic;

import java.util.SplittableRandom;
import millrace.generator.postgres.Session;

/** The changes that people make all day in the source of one pipeline. */
interface Traffic {
    /**
     * Makes one change that the source's users could have made, in the open transaction. What it is depends on the random
     * numbers and the rows that are there.
     */
    Change step(Session session, SplittableRandom random);
}
