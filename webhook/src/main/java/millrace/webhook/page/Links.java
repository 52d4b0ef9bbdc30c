package millrace.webhook.page;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Optional;

/** Where browsers find the other parts. An address of this machine is meant as one of the machine that serves the page. */
public record Links(Optional<URI> airflow, Optional<URI> superset, Optional<URI> clickHouse) {
    /** None are known. */
    public static final Links NONE = new Links(Optional.empty(), Optional.empty(), Optional.empty());

    public Links {
        requireNonNull(airflow, "airflow is null");
        requireNonNull(superset, "superset is null");
        requireNonNull(clickHouse, "clickHouse is null");
    }

    /** The same as they are called by whoever calls this machine by that name. */
    public Links asSeenFrom(String host) {
        return new Links(
                airflow.map(it -> seen(it, host)),
                superset.map(it -> seen(it, host)),
                clickHouse.map(it -> seen(it, host)));
    }

    private static URI seen(URI address, String host) {
        boolean isHere =
                address.getHost().equals("localhost") || address.getHost().startsWith("127.");
        return isHere ? URI.create(address.toString().replaceFirst("//[^/:]+", "//" + host)) : address;
    }

    /** A page of one of them. */
    static String at(URI address, String path) {
        String base = address.toString();
        return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path;
    }
}
