package millrace.webhook.http;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.jetty.util.HostPort;

/**
 * The names by which clients may call the webhook. An IP address is always one: nobody else's name can be pointed at it.
 *
 * @param names further names, in lower case
 */
record Hosts(List<String> names) {
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.]+]");

    Hosts {
        names = List.copyOf(names);
    }

    /** @param header the value of a Host header */
    boolean allow(String header) {
        String name;
        try {
            name = new HostPort(header).getHost().toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return false;
        }
        return name.equals("localhost") || names.contains(name) || isAddress(name);
    }

    private static boolean isAddress(String name) {
        return IPV4.matcher(name).matches() || IPV6.matcher(name).matches();
    }
}
