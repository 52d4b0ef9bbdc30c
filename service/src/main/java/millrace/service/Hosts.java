package millrace.service;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jetty.util.HostPort;

/**
 * The names by which clients may call a service.
 *
 * @param names in lower case
 * @param addresses whether any IP address is one, too: nobody else's name can be pointed at it
 */
public record Hosts(Set<String> names, boolean addresses) {
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.]+]");

    public Hosts {
        names = Set.copyOf(names);
    }

    /** @param header the value of a Host header; null when there is none */
    boolean allow(String header) {
        if (header == null) {
            return false;
        }
        String name;
        try {
            name = new HostPort(header).getHost().toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return false;
        }
        return names.contains(name) || addresses && isAddress(name);
    }

    private static boolean isAddress(String name) {
        return IPV4.matcher(name).matches() || IPV6.matcher(name).matches();
    }
}
