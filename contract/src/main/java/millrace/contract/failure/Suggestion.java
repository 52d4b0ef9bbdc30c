package millrace.contract.failure;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Guesses what was meant by a name that does not exist. */
public final class Suggestion {
    private static final int MAX = 20;

    private Suggestion() {}

    /** A sentence's end: the most similar of the known words, or all of them when none is similar. */
    public static String among(Collection<String> known, String name) {
        return among(known, name, word -> word, word -> '"' + word + '"');
    }

    /** Of names, each spelled as one must type it. */
    public static String among(Collection<String> known, String name, UnaryOperator<String> spelling) {
        return among(known, name, word -> word, spelling);
    }

    /** Of things with a name. */
    public static <T> String among(
            Collection<T> known, String name, Function<T, String> naming, Function<T, String> spelling) {
        if (known.isEmpty()) {
            return "there are none";
        }
        int within = 1 + name.length() / 3;
        T nearest = known.stream()
                .min(Comparator.comparingInt(candidate -> distance(naming.apply(candidate), name, within)))
                .orElseThrow();
        return distance(naming.apply(nearest), name, within) <= within
                ? "did you mean " + spelling.apply(nearest) + "?"
                : "known are "
                        + list(known.stream().map(spelling).sorted().limit(MAX).toList());
    }

    /** Words that need no quotes have none in a list. */
    private static String list(List<String> spelled) {
        return spelled.stream()
                .map(word -> word.matches("\"[\\p{L}\\p{N}_.-]+\"") ? word.substring(1, word.length() - 1) : word)
                .collect(Collectors.joining(", "));
    }

    /** As {@link #distance}, or more than the limit where that is certain from the lengths. */
    private static int distance(String one, String other, int limit) {
        int difference = Math.abs(one.length() - other.length());
        return difference > limit ? difference : distance(one, other);
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
