package millrace.generator.config;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import millrace.contract.settings.Environment;
import millrace.contract.settings.Secret;

/**
 * Where the order API listens and whom it answers.
 *
 * @param port 0 picks a free one
 * @param token what requests that change something must carry; empty: nothing
 * @param hosts the names under which the API may be addressed, lower case, without a port
 */
public record ApiSettings(String host, int port, Optional<Secret> token, Set<String> hosts) {
    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");
    private static final List<String> ANY_ADDRESS = List.of("0.0.0.0", "::", "[::]");
    private static final int DEFAULT_PORT = 8000;

    public ApiSettings {
        requireNonNull(host, "host is null");
        requireNonNull(token, "token is null");
        hosts = Set.copyOf(hosts);
    }

    /** Reads the settings; problems stay with the environment. */
    public static ApiSettings read(Environment environment) {
        String host = environment.text("ORDER_API_HOST", "127.0.0.1");
        Optional<Secret> token = environment
                .optionalSecret("ORDER_API_TOKEN")
                .filter(secret -> !secret.value().isEmpty());
        // In a container it listens on all addresses, of which the machine shows one.
        String shown = environment.text("ORDER_API_PUBLISHED_ON", host);
        if (token.isEmpty() && !isLoopback(shown)) {
            environment.problem("ORDER_API_TOKEN is not set, nor is ORDER_API_TOKEN_FILE: whoever listens beyond this"
                    + " machine (on " + shown + ") needs a token.");
        }
        Set<String> hosts = new LinkedHashSet<>(LOOPBACK);
        if (!ANY_ADDRESS.contains(host)) {
            hosts.add(host.toLowerCase(Locale.ROOT));
        }
        Arrays.stream(environment.text("ORDER_API_ALLOWED_HOSTS", "").split(","))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                .forEach(hosts::add);
        return new ApiSettings(host, environment.port("ORDER_API_PORT", 0, DEFAULT_PORT), token, hosts);
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("::1") || host.equals("[::1]") || host.startsWith("127.");
    }
}
