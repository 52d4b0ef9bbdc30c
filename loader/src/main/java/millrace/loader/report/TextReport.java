package millrace.loader.report;

import millrace.loader.failure.Failure;
import millrace.loader.run.LoadRecord;

/** Reports for people. */
public final class TextReport {
    private TextReport() {}

    /** One line about one table. */
    public static String load(LoadRecord load) {
        return switch (load.outcome()) {
            case DONE ->
                load.target() + ": " + Sizes.rows(load.rows()) + ", " + Sizes.bytes(load.bytes()) + ", "
                        + Sizes.seconds(load.seconds());
            case FAILED -> load.target() + ": failed";
        };
    }

    public static String failure(Failure failure) {
        return "millrace: " + failure.sentence() + "\n  " + failure.hint() + " (" + failure.code() + ")";
    }
}
