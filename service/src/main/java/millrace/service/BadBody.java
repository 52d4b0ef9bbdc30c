package millrace.service;

import static java.util.Objects.requireNonNull;

/** The body of a request is not the JSON object that it should be; the message is a sentence about it. */
public final class BadBody extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is wrong with it. */
    public enum Kind {
        /** It ended before its end. */
        CUT_OFF,
        /** Its headers call it something else. */
        NOT_JSON,
        /** It breaks the rules of JSON, or of its UTF-8. */
        BAD_JSON,
        /** It is a list, a text, a number. */
        NOT_OBJECT
    }

    private final Kind kind;

    BadBody(Kind kind, String sentence) {
        super(sentence);
        this.kind = requireNonNull(kind, "kind is null");
    }

    public Kind kind() {
        return kind;
    }
}
