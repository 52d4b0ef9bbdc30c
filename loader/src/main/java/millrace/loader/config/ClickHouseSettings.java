package millrace.loader.config;

import static java.util.Objects.requireNonNull;

/**
 * How to reach the target over HTTP.
 *
 * @param env the prefix of the environment variables that these settings come from
 * @param cluster whose replicas share the tables, empty for a single server
 */
public record ClickHouseSettings(String env, String host, int port, String user, Secret password, String cluster) {
    public ClickHouseSettings {
        requireNonNull(env, "env is null");
        requireNonNull(host, "host is null");
        requireNonNull(user, "user is null");
        requireNonNull(password, "password is null");
        requireNonNull(cluster, "cluster is null");
    }

    static ClickHouseSettings read(String prefix, Environment environment) {
        return new ClickHouseSettings(
                prefix,
                environment.text(prefix + "_HOST"),
                environment.port(prefix + "_HTTP_PORT", 8123),
                environment.text(prefix + "_USER"),
                environment.secret(prefix + "_PASSWORD"),
                environment.optional(prefix + "_CLUSTER"));
    }
}
