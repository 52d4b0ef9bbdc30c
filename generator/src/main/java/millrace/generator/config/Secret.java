package millrace.generator.config;

import static java.util.Objects.requireNonNull;

/** A password or token: shown to nobody by accident. */
public record Secret(String value) {
    public Secret {
        requireNonNull(value, "value is null");
    }

    @Override
    public String toString() {
        return "***";
    }
}
