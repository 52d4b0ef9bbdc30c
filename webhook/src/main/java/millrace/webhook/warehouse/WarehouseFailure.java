package millrace.webhook.warehouse;

/** ClickHouse did not do what it was asked. */
public final class WarehouseFailure extends RuntimeException {
    private static final int NO_TABLE = 60;
    private static final int NO_DATABASE = 81;

    private final int code;

    /**
     * @param code ClickHouse's own number for the error; 0 when it gave none
     * @param sentence what happened
     */
    public WarehouseFailure(int code, String sentence) {
        super(sentence);
        this.code = code;
    }

    /** Whether the table is not there, or not yet. */
    public boolean isOfMissingTable() {
        return code == NO_TABLE || code == NO_DATABASE;
    }
}
