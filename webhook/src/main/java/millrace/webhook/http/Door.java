package millrace.webhook.http;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.Set;
import millrace.webhook.Failure;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Keeps pages of other sites out. A browser sends their requests with their Origin, or, after their name was pointed at this
 * machine, with their Host; programs send neither, so nothing changes for them.
 */
final class Door extends Handler.Wrapper {
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");
    /** Nothing is fetched, nothing framed; the pages' own styles and dbt's own scripts stand within them. */
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
            + " 'unsafe-eval'; img-src 'self' data: blob:; font-src data:; base-uri 'none'; form-action 'none';"
            + " frame-ancestors 'none'";

    private final Hosts hosts;

    Door(Hosts hosts, Handler next) {
        super(next);
        this.hosts = requireNonNull(hosts, "hosts is null");
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        secure(response.getHeaders());
        Optional<Failure> refusal = refusal(request);
        if (refusal.isPresent()) {
            Raw.lastFailure(response, callback, 403, refusal.get());
            return true;
        }
        return super.handle(request, response, callback);
    }

    private Optional<Failure> refusal(Request request) {
        String host = request.getHeaders().get(HttpHeader.HOST);
        if (host != null && !hosts.allow(host)) {
            return Optional.of(new Failure(
                    "foreign_host",
                    "This webhook does not answer to the name in the Host header.",
                    "Use an IP address or localhost, or add the name to WEBHOOK_ALLOWED_HOSTS."));
        }
        if (!READING.contains(request.getMethod()) && isForeign(request.getHeaders(), host)) {
            return Optional.of(new Failure(
                    "foreign_origin",
                    "A page of another site may not change anything here.",
                    "Send the request from a program, or from the webhook's own pages."));
        }
        return Optional.empty();
    }

    private static boolean isForeign(HttpFields headers, String host) {
        String site = headers.get("Sec-Fetch-Site");
        String origin = headers.get(HttpHeader.ORIGIN);
        return site != null && !OWN_SITE.contains(site)
                || origin != null
                        && !origin.equalsIgnoreCase("http://" + host)
                        && !origin.equalsIgnoreCase("https://" + host);
    }

    static void secure(HttpFields.Mutable headers) {
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("X-Frame-Options", "DENY");
        headers.put("Content-Security-Policy", POLICY);
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
    }
}
