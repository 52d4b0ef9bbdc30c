package millrace.contract.settings;

import static java.util.Objects.requireNonNull;

/** A password: shown to nobody by accident. */
public record Secret(String value) {
    public Secret {
        requireNonNull(value, "value is null");
    }

    @Override
    public String toString() {
        return "***";
    }
}
