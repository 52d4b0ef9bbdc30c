package millrace.stream.run;

import static java.util.Objects.requireNonNull;

import millrace.contract.failure.Failure;

/**
 * Why the stream cannot go on from its position.
 *
 * @param mayResync whether it is sure that this is the source which was followed, so that its tables may be copied anew
 */
record Gap(String code, String sentence, boolean mayResync) {
    Gap {
        requireNonNull(code, "code is null");
        requireNonNull(sentence, "sentence is null");
    }

    Failure failure() {
        return Failure.running(
                code,
                sentence,
                "Nothing was changed. \"follow drop\" and then \"follow run\" copy all tables anew and go on from there.");
    }

    /** For the log, when it is seen to without anybody's help. */
    Failure news() {
        return Failure.running(code, sentence, "All tables are copied anew; until then readers have those of before.");
    }
}
