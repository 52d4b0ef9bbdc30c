package millrace.generator.failure;

import static java.util.Objects.requireNonNull;

/** Ends a command: a code for machines, a sentence for people, and a hint that says what to do. */
public final class Failure extends RuntimeException {
    private final ExitCode exitCode;
    private final String code;
    private final String hint;

    private Failure(ExitCode exitCode, String code, String sentence, String hint, Throwable cause) {
        super(requireNonNull(sentence, "sentence is null"), cause);
        this.exitCode = requireNonNull(exitCode, "exitCode is null");
        this.code = requireNonNull(code, "code is null");
        this.hint = requireNonNull(hint, "hint is null");
    }

    public static Failure running(String code, String sentence, String hint, Throwable cause) {
        return new Failure(ExitCode.FAILED, code, sentence, hint, cause);
    }

    public static Failure configuration(String code, String sentence, String hint) {
        return new Failure(ExitCode.BAD_CONFIGURATION, code, sentence, hint, null);
    }

    public static Failure unreachable(String code, String sentence, String hint, Throwable cause) {
        return new Failure(ExitCode.UNREACHABLE, code, sentence, hint, cause);
    }

    public ExitCode exitCode() {
        return exitCode;
    }

    public String code() {
        return code;
    }

    public String sentence() {
        return getMessage();
    }

    public String hint() {
        return hint;
    }
}
