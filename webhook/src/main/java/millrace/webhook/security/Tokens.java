package millrace.webhook.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import millrace.contract.settings.Secret;
import millrace.service.Digest;

/** Whom a request comes from, by the token that it carries. */
public final class Tokens {
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final TokenTable table;
    private final Optional<Secret> own;
    private final boolean isDemanded;

    /**
     * @param own the operator's token, which may do everything
     * @param isDemanded whether requests without a token are refused
     */
    public Tokens(TokenTable table, Optional<Secret> own, boolean isDemanded) {
        this.table = requireNonNull(table, "table is null");
        this.own = requireNonNull(own, "own is null");
        this.isDemanded = isDemanded;
    }

    /** What a request came to be allowed. */
    public enum Standing {
        ALLOWED,
        /** It carries none, or a wrong one. */
        UNKNOWN,
        /** Its token is for less. */
        TOO_LITTLE
    }

    /**
     * Judges a request.
     *
     * @param authorization the header: Bearer, or Basic with the token as the password, as browsers ask for it; may be null
     */
    public Standing judge(String authorization, Scope needed) {
        if (authorization == null) {
            return isDemanded ? Standing.UNKNOWN : Standing.ALLOWED;
        }
        Optional<Scope> scope = token(authorization).flatMap(this::scope);
        if (scope.isEmpty()) {
            return Standing.UNKNOWN;
        }
        return scope.get().allows(needed) ? Standing.ALLOWED : Standing.TOO_LITTLE;
    }

    /** Whether a request carries a token that allows this, demanded or not. */
    public boolean holds(String authorization, Scope needed) {
        return authorization != null && judge(authorization, needed) == Standing.ALLOWED;
    }

    /**
     * Makes a token.
     *
     * @return it, which nobody can be told again; empty when there is one of that name
     */
    public Optional<String> make(String name, Scope scope) {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        String token = "mr_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        TokenTable.Token kept = new TokenTable.Token(name, scope, Instant.now().truncatedTo(ChronoUnit.SECONDS));
        return table.add(kept, Digest.sha256(token)) ? Optional.of(token) : Optional.empty();
    }

    public List<TokenTable.Token> list() {
        return table.list();
    }

    /** Withdraws a token; false when there is none of that name. */
    public boolean withdraw(String name) {
        return table.remove(name);
    }

    private Optional<Scope> scope(String token) {
        if (own.isPresent() && MessageDigest.isEqual(own.get().value().getBytes(UTF_8), token.getBytes(UTF_8))) {
            return Optional.of(Scope.ADMIN);
        }
        // Looked up by its hash: how long that takes says nothing of the token.
        return table.find(Digest.sha256(token)).map(TokenTable.Token::scope);
    }

    private static Optional<String> token(String authorization) {
        String[] words = authorization.strip().split("\\s+", 2);
        if (words.length < 2) {
            return Optional.empty();
        }
        if (words[0].equalsIgnoreCase("Bearer")) {
            return Optional.of(words[1]);
        }
        return words[0].equalsIgnoreCase("Basic") ? password(words[1]) : Optional.empty();
    }

    private static Optional<String> password(String basic) {
        try {
            String pair = new String(Base64.getDecoder().decode(basic), UTF_8);
            return Optional.of(pair.substring(pair.indexOf(':') + 1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
