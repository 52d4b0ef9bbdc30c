package millrace.contract.failure;

/** What the process tells its caller. */
public enum ExitCode {
    DONE(0),
    FAILED(1),
    BAD_CONFIGURATION(2),
    UNREACHABLE(3);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
