package millrace.contract.failure;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Collects what is wrong with the configuration, so that all of it is said at once. */
public final class Problems {
    /** The code of a failure whose sentence may have several lines. */
    public static final String CODE = "bad-configuration";

    /** More than these are not read by anybody. */
    private static final int MAX = 50;

    private final String file;
    private final List<Problem> found = new ArrayList<>();

    /** @param file how messages name the pipeline file */
    public Problems(String file) {
        this.file = requireNonNull(file, "file is null");
    }

    /** Of what only one program asks. */
    public void add(int line, String sentence) {
        add(line, CODE, sentence);
    }

    public void add(int line, String code, String sentence) {
        found.add(new Problem(line, code, sentence));
    }

    /** Whether what else is wrong will only be counted. */
    public boolean areMany() {
        return found.size() >= MAX;
    }

    public List<Problem> found() {
        return List.copyOf(found);
    }

    /**
     * Does nothing when nothing is wrong.
     *
     * @throws Failure that tells all problems, a line each, in the order of the file
     */
    public void refuse() {
        if (found.isEmpty()) {
            return;
        }
        String sentences = found.stream()
                .limit(MAX)
                .sorted(Comparator.comparingInt(Problem::line))
                .map(problem -> (problem.line() == 0 ? "" : file + ":" + problem.line() + ": ")
                        + Visible.of(problem.sentence()))
                .collect(Collectors.joining("\n"));
        if (found.size() > MAX) {
            sentences += "\nAnd " + (found.size() - MAX) + " more.";
        }
        String hint = found.size() == 1 ? "Correct it and run again." : "Correct these and run again.";
        throw Failure.configuration(CODE, sentences, hint + " Nothing was changed.");
    }
}
