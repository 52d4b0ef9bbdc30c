package millrace.generator.config;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * How to reach a source.
 *
 * @param env the prefix of the environment variables that these settings come from
 * @param sslMode as libpq's sslmode
 * @param rootCertificate path of the certificates that may sign the server's; empty for the driver's usual file
 */
public record PostgresSettings(
        String env,
        String host,
        int port,
        String database,
        String user,
        Secret password,
        String sslMode,
        String rootCertificate) {
    private static final List<String> SSL_MODES = List.of("disable", "prefer", "require", "verify-ca", "verify-full");

    public PostgresSettings {
        requireNonNull(env, "env is null");
        requireNonNull(host, "host is null");
        requireNonNull(database, "database is null");
        requireNonNull(user, "user is null");
        requireNonNull(password, "password is null");
        requireNonNull(sslMode, "sslMode is null");
        requireNonNull(rootCertificate, "rootCertificate is null");
    }

    /** Reads the variables that the loader reads for the same prefix; problems stay with the environment. */
    public static PostgresSettings read(String prefix, Environment environment) {
        String root = environment.text(prefix + "_SSLROOTCERT", "");
        return new PostgresSettings(
                prefix,
                environment.needed(prefix + "_HOST"),
                environment.port(prefix + "_PORT", 1, 5432),
                environment.needed(prefix + "_DB"),
                environment.needed(prefix + "_USER"),
                environment.secret(prefix + "_PASSWORD"),
                sslMode(prefix + "_SSLMODE", root.isEmpty() ? "prefer" : "verify-full", environment),
                root);
    }

    private static String sslMode(String name, String otherwise, Environment environment) {
        String mode = environment.text(name, otherwise);
        if (!SSL_MODES.contains(mode)) {
            environment.problem("The environment variable " + name + " must be one of " + String.join(", ", SSL_MODES)
                    + ", not \"" + mode + "\".");
        }
        return mode;
    }
}
