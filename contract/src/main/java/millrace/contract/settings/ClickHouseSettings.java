package millrace.contract.settings;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * How to reach the target over HTTP.
 *
 * @param env the prefix of the environment variables that these settings come from
 * @param secure whether over TLS; the server's certificate is always checked then
 * @param caFile path of the certificates that may sign the server's, PEM; empty for those that Java trusts
 * @param cluster whose replicas share the tables, empty for a single server
 */
public record ClickHouseSettings(
        String env,
        String host,
        int port,
        String user,
        Secret password,
        boolean secure,
        String caFile,
        String cluster) {
    public ClickHouseSettings {
        requireNonNull(env, "env is null");
        requireNonNull(host, "host is null");
        requireNonNull(user, "user is null");
        requireNonNull(password, "password is null");
        requireNonNull(caFile, "caFile is null");
        requireNonNull(cluster, "cluster is null");
    }

    /** Such as https://db:8443/. */
    public String url() {
        return (secure ? "https://" : "http://") + (host.contains(":") ? "[" + host + "]" : host) + ":" + port + "/";
    }

    public static ClickHouseSettings read(String prefix, Environment environment) {
        String caFile = environment.file(prefix + "_CA_FILE");
        boolean secure = environment
                .choice(prefix + "_SECURE", List.of("true", "false"), Boolean.toString(!caFile.isEmpty()))
                .equals("true");
        return new ClickHouseSettings(
                prefix,
                environment.text(prefix + "_HOST"),
                environment.port(prefix + "_HTTP_PORT", secure ? 8443 : 8123),
                environment.text(prefix + "_USER"),
                environment.secret(prefix + "_PASSWORD"),
                secure,
                caFile,
                environment.optional(prefix + "_CLUSTER"));
    }
}
