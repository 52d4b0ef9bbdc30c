package millrace.contract.settings;

import static java.util.Objects.requireNonNull;

/**
 * How to reach the source.
 *
 * @param env the prefix of the environment variables that these settings come from
 * @param salt what is hashed together with values that must not leave the source; empty for none
 */
public record PostgresSettings(
        String env,
        String host,
        int port,
        String database,
        String user,
        Secret password,
        PostgresTls tls,
        Secret salt) {
    public PostgresSettings {
        requireNonNull(env, "env is null");
        requireNonNull(host, "host is null");
        requireNonNull(database, "database is null");
        requireNonNull(user, "user is null");
        requireNonNull(password, "password is null");
        requireNonNull(tls, "tls is null");
        requireNonNull(salt, "salt is null");
    }

    public PostgresSettings(
            String env, String host, int port, String database, String user, Secret password, PostgresTls tls) {
        this(env, host, port, database, user, password, tls, new Secret(""));
    }

    public static PostgresSettings read(String prefix, Environment environment) {
        return new PostgresSettings(
                prefix,
                environment.text(prefix + "_HOST"),
                environment.port(prefix + "_PORT", 5432),
                environment.text(prefix + "_DB"),
                environment.text(prefix + "_USER"),
                environment.secret(prefix + "_PASSWORD"),
                PostgresTls.read(prefix, environment),
                environment.optionalSecret(prefix + "_HASH_SALT").orElse(new Secret("")));
    }
}
