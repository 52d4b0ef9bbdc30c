package millrace.contract.settings;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * How the connection to Postgres is encrypted and checked. Empty paths stand for the driver's usual files.
 *
 * @param mode as libpq's sslmode
 * @param rootCertificate path of the certificates that sign the server's, PEM
 * @param certificate path of the loader's own certificate, PEM
 * @param key path of its key, PKCS #8
 */
public record PostgresTls(String mode, String rootCertificate, String certificate, String key) {
    private static final List<String> MODES = List.of("disable", "prefer", "require", "verify-ca", "verify-full");

    public PostgresTls {
        requireNonNull(mode, "mode is null");
        requireNonNull(rootCertificate, "rootCertificate is null");
        requireNonNull(certificate, "certificate is null");
        requireNonNull(key, "key is null");
    }

    /** Whoever names certificates to trust wants the server to be checked. */
    static PostgresTls read(String prefix, Environment environment) {
        String root = environment.file(prefix + "_SSLROOTCERT");
        return new PostgresTls(
                environment.choice(prefix + "_SSLMODE", MODES, root.isEmpty() ? "prefer" : "verify-full"),
                root,
                environment.file(prefix + "_SSLCERT"),
                environment.file(prefix + "_SSLKEY"));
    }
}
