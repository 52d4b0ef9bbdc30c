package millrace.generator.store;

import java.util.List;
import millrace.service.FieldProblem;

/** An order that cannot be placed, with every reason. */
public final class InvalidOrder extends Exception {
    private final transient List<FieldProblem> problems;

    public InvalidOrder(List<FieldProblem> problems) {
        super(problems.size() + " problems");
        this.problems = List.copyOf(problems);
    }

    public List<FieldProblem> problems() {
        return problems;
    }
}
