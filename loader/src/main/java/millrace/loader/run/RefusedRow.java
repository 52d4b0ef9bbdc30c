package millrace.loader.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import millrace.contract.failure.Failure;
import millrace.loader.codec.RefusedCell;
import millrace.loader.plan.TableSpec;

/** Says which value of which row the target cannot hold. */
public final class RefusedRow {
    /** Of the failure. */
    public static final String CODE = "value-refused";

    private static final int LONGEST = 200;

    private RefusedRow() {}

    /** @param text gives the row's values as text, by their position */
    public static Failure failure(TableSpec table, RefusedCell refused, IntFunction<String> text) {
        List<String> key = new ArrayList<>();
        for (int position : table.keyPositions()) {
            key.add(table.columns().get(position).name() + " = " + shortened(text.apply(position)));
        }
        String row = key.isEmpty() ? "" : " of the row " + String.join(", ", key);
        return Failure.running(
                CODE,
                "Column " + refused.column() + " of " + table.source() + " holds a value that does not fit: "
                        + shortened(refused.value()) + row + "; " + refused.reason() + ".",
                "Nothing was published. Correct the value in the source, or set on_refusal for the column in the pipeline file.");
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
