package millrace.loader.codec;

/** A refused value together with the column it stands in. */
public final class RefusedCell extends RuntimeException {
    private final String column;
    private final String value;

    RefusedCell(String column, String value, String reason) {
        super(reason, null, false, false);
        this.column = column;
        this.value = value;
    }

    public String column() {
        return column;
    }

    public String value() {
        return value;
    }

    public String reason() {
        return getMessage();
    }
}
