package millrace.loader.config;

import java.util.Collection;
import java.util.Comparator;

/** Guesses what was meant by a name that does not exist. */
public final class Suggestion {
    private Suggestion() {}

    /** A sentence's end: the most similar of the known names, or all of them when none is similar. */
    public static String among(Collection<String> known, String name) {
        if (known.isEmpty()) {
            return "there are none";
        }
        String nearest = known.stream()
                .min(Comparator.comparingInt(candidate -> distance(candidate, name)))
                .orElseThrow();
        return distance(nearest, name) <= 1 + name.length() / 3
                ? "did you mean \"" + nearest + "\"?"
                : "known are "
                        + String.join(", ", known.stream().sorted().limit(20).toList());
    }

    /** How many letters must be inserted, removed, replaced or swapped with their neighbour to make one of the other. */
    static int distance(String one, String other) {
        String a = one.toLowerCase();
        String b = other.toLowerCase();
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int step(int[][] cost, String a, String b, int i, int j) {
        int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
    }
}
