package millrace.contract.failure;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/** Ends a command: a code for machines, a sentence for people, and a hint that says what to do. */
public final class Failure extends RuntimeException {
    private final ExitCode exitCode;
    private final String code;
    private final String hint;
    private final Outlook outlook;

    /** What trying again is good for. */
    private enum Outlook {
        /** It would fail again. */
        LASTING,
        /** The server has never answered, which is more likely misspelled than restarting. */
        SILENT,
        /** It may be over in a moment. */
        PASSING
    }

    private Failure(ExitCode exitCode, String code, String sentence, String hint, Outlook outlook, Throwable cause) {
        super(requireNonNull(sentence, "sentence is null"), cause);
        this.exitCode = requireNonNull(exitCode, "exitCode is null");
        this.code = requireNonNull(code, "code is null");
        this.hint = requireNonNull(hint, "hint is null");
        this.outlook = requireNonNull(outlook, "outlook is null");
    }

    public static Failure running(String code, String sentence, String hint) {
        return new Failure(ExitCode.FAILED, code, sentence, hint, Outlook.LASTING, null);
    }

    public static Failure running(String code, String sentence, String hint, Throwable cause) {
        return new Failure(ExitCode.FAILED, code, sentence, hint, Outlook.LASTING, cause);
    }

    /** A failure that may be over in a moment: a lost connection, a server that restarts or has too much to do. */
    public static Failure passing(String code, String sentence, String hint, Throwable cause) {
        return new Failure(ExitCode.FAILED, code, sentence, hint, Outlook.PASSING, cause);
    }

    /**
     * An error that nobody has thought of.
     *
     * @param program that met it
     */
    public static Failure defect(String program, Exception e) {
        return running(
                "defect",
                "The " + program + " met an unexpected error: " + e,
                "Please report this with the stack trace that " + program.toUpperCase(Locale.ROOT) + "_TRACE=1 shows.",
                e);
    }

    public static Failure configuration(String code, String sentence, String hint) {
        return new Failure(ExitCode.BAD_CONFIGURATION, code, sentence, hint, Outlook.LASTING, null);
    }

    /** Nobody answers. */
    public static Failure unreachable(String code, String sentence, String hint, Throwable cause) {
        return new Failure(ExitCode.UNREACHABLE, code, sentence, hint, Outlook.SILENT, cause);
    }

    /** Somebody is there, but does not serve at the moment: it starts, stops, or is full. */
    public static Failure unready(String code, String sentence, String hint, Throwable cause) {
        return new Failure(ExitCode.UNREACHABLE, code, sentence, hint, Outlook.PASSING, cause);
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

    /** Whether trying again soon makes sense, if the server has answered before. */
    public boolean mayPass() {
        return outlook != Outlook.LASTING;
    }

    /** Whether the server has shown that it is there, and trying again soon makes sense. */
    public boolean isPassing() {
        return outlook == Outlook.PASSING;
    }
}
