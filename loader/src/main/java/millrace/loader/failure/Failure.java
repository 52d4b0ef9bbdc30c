package millrace.loader.failure;

import static java.util.Objects.requireNonNull;

/** Ends a command: a code for machines, a sentence for people, and a hint that says what to do. */
public final class Failure extends RuntimeException {
    private final ExitCode exitCode;
    private final String code;
    private final String hint;
    private final boolean mayPass;

    private Failure(ExitCode exitCode, String code, String sentence, String hint, boolean mayPass, Throwable cause) {
        super(requireNonNull(sentence, "sentence is null"), cause);
        this.exitCode = requireNonNull(exitCode, "exitCode is null");
        this.code = requireNonNull(code, "code is null");
        this.hint = requireNonNull(hint, "hint is null");
        this.mayPass = mayPass;
    }

    public static Failure running(String code, String sentence, String hint) {
        return new Failure(ExitCode.FAILED, code, sentence, hint, false, null);
    }

    public static Failure running(String code, String sentence, String hint, Throwable cause) {
        return new Failure(ExitCode.FAILED, code, sentence, hint, false, cause);
    }

    /** A failure that may be over in a moment: a lost connection, a server that restarts or has too much to do. */
    public static Failure passing(String code, String sentence, String hint, Throwable cause) {
        return new Failure(ExitCode.FAILED, code, sentence, hint, true, cause);
    }

    /** An error that nobody has thought of. */
    public static Failure defect(Exception e) {
        return running(
                "defect",
                "The loader met an unexpected error: " + e,
                "Please report this with the stack trace that LOADER_TRACE=1 shows.",
                e);
    }

    public static Failure configuration(String code, String sentence, String hint) {
        return new Failure(ExitCode.BAD_CONFIGURATION, code, sentence, hint, false, null);
    }

    public static Failure unreachable(String code, String sentence, String hint, Throwable cause) {
        return new Failure(ExitCode.UNREACHABLE, code, sentence, hint, true, cause);
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

    /** Whether trying again soon makes sense. */
    public boolean mayPass() {
        return mayPass;
    }
}
