package millrace.generator.http;

import static java.util.Objects.requireNonNull;

/** Ends a request that is not carried out. */
final class Refusal extends RuntimeException {
    private final transient Problem problem;

    Refusal(Problem problem) {
        super(problem.detail());
        this.problem = requireNonNull(problem, "problem is null");
    }

    Problem problem() {
        return problem;
    }
}
