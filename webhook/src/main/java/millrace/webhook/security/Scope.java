package millrace.webhook.security;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a token allows; each scope allows what those before it do. */
public enum Scope {
    /** Looking. */
    READ,
    /** Starting, repeating and cancelling runs. */
    RUN,
    /** Making and withdrawing tokens, deliveries. */
    ADMIN;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Scope> of(String word) {
        return Stream.of(values()).filter(scope -> scope.word().equals(word)).findFirst();
    }

    public boolean allows(Scope needed) {
        return compareTo(needed) >= 0;
    }
}
