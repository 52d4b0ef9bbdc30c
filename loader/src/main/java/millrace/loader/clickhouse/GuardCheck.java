package millrace.loader.clickhouse;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import millrace.contract.failure.Failure;
import millrace.contract.pipeline.Guard;
import millrace.contract.pipeline.TableName;
import millrace.loader.plan.TablePlan;

/** Holds a complete table against what the pipeline file says must be true of it, before anybody sees it. */
record GuardCheck(TablePlan plan, TableName complete) {
    GuardCheck {
        requireNonNull(plan, "plan is null");
        requireNonNull(complete, "complete is null");
    }

    private Guard guard() {
        return plan.spec().options().guard();
    }

    /** One row: the rows of the table, the rows before, 1 or 0 for each expectation. */
    String query() {
        String expected = guard().expectations().values().stream()
                .map(expression -> ", ifNull(toBool(" + expression + "\n), false)")
                .collect(Collectors.joining());
        return "SELECT count(), " + before() + expected + " FROM " + Ddl.quoted(complete) + " FORMAT TSV";
    }

    private String before() {
        boolean compares = guard().maxShrink() < 100
                && plan.before().filter(table -> table.keepsParts()).isPresent();
        return compares ? "(SELECT count() FROM " + Ddl.quoted(plan.spec().target()) + ")" : "0";
    }

    /** @throws Failure with everything that is not as it must be */
    void refuse(String answer) {
        String[] fields = answer.strip().split("\t");
        long rows = Long.parseLong(fields[0]);
        long before = Long.parseLong(fields[1]);
        List<String> problems = new ArrayList<>();
        if (rows < guard().minRows()) {
            problems.add("it would have " + rows + " rows, at least " + guard().minRows() + " are expected (min_rows)");
        }
        if ((before - rows) * 100 > (long) guard().maxShrink() * before) {
            problems.add("it would have " + rows + " rows after " + before + ", more than " + guard().maxShrink()
                    + " % would be gone (max_shrink)");
        }
        int at = 2;
        for (Map.Entry<String, String> expectation : guard().expectations().entrySet()) {
            if (!fields[at++].equals("true")) {
                problems.add("\"" + expectation.getKey() + "\" does not hold: " + expectation.getValue() + " (expect)");
            }
        }
        if (!problems.isEmpty()) {
            throw Failure.running(
                    "guard-failed",
                    plan.spec().target() + " is not published: " + String.join("; ", problems) + ".",
                    "Readers have the rows from before. Mend the source; if it is right, change the guard in the pipeline file.");
        }
    }
}
