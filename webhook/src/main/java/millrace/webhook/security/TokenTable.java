package millrace.webhook.security;

import static java.util.Objects.requireNonNull;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import millrace.webhook.store.Database;

/** The tokens that were given out: of each, the SHA-256 of its 256 random bits and nothing that would give it back. */
public final class TokenTable {
    private final Database database;

    public TokenTable(Database database) {
        this.database = requireNonNull(database, "database is null");
    }

    /** A token, without itself. */
    public record Token(String name, Scope scope, Instant createdAt) {}

    /** Keeps a token; false when there is one of that name. */
    public boolean add(Token token, String hash) {
        return database.transact(connection -> {
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO tokens (name, hash, scope, created) SELECT ?, ?, ?, ?"
                            + " WHERE NOT EXISTS (SELECT 1 FROM tokens WHERE name = ?)")) {
                insert.setString(1, token.name());
                insert.setString(2, hash);
                insert.setString(3, token.scope().word());
                insert.setString(4, token.createdAt().toString());
                insert.setString(5, token.name());
                return insert.executeUpdate() == 1;
            }
        });
    }

    /** The token with this hash. */
    public Optional<Token> find(String hash) {
        return database.transact(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT name, scope, created FROM tokens WHERE hash = ?")) {
                select.setString(1, hash);
                return tokens(select).stream().findFirst();
            }
        });
    }

    public List<Token> list() {
        return database.transact(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT name, scope, created FROM tokens ORDER BY name")) {
                return tokens(select);
            }
        });
    }

    /** Withdraws a token; false when there is none of that name. */
    public boolean remove(String name) {
        return database.transact(connection -> {
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM tokens WHERE name = ?")) {
                delete.setString(1, name);
                return delete.executeUpdate() == 1;
            }
        });
    }

    private static List<Token> tokens(PreparedStatement select) throws SQLException {
        List<Token> tokens = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                tokens.add(new Token(
                        row.getString(1), Scope.of(row.getString(2)).orElseThrow(), Instant.parse(row.getString(3))));
            }
        }
        return tokens;
    }
}
