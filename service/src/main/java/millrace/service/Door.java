package millrace.service;

import static java.util.Objects.requireNonNull;

import java.util.Set;
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
    /** Files of the service's own and nothing else; a route that needs more says so by a header of its own. */
    private static final String OWN_FILES_ONLY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:;"
                    + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private final Hosts hosts;
    private final Problems problems;

    Door(Hosts hosts, Problems problems) {
        this.hosts = requireNonNull(hosts, "hosts is null");
        this.problems = requireNonNull(problems, "problems is null");
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        secure(response.getHeaders());
        String host = request.getHeaders().get(HttpHeader.HOST);
        if (!hosts.allow(host)) {
            problems.answerLast(
                    request, response, callback, problems.sentences().foreignHost());
            return true;
        }
        if (!READING.contains(request.getMethod()) && isForeign(request.getHeaders(), host)) {
            problems.answerLast(
                    request, response, callback, problems.sentences().foreignOrigin());
            return true;
        }
        return super.handle(request, response, callback);
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
        headers.put("Content-Security-Policy", OWN_FILES_ONLY);
        // With less, browsers hide where a form of our own pages comes from, and it would be taken for foreign.
        headers.put("Referrer-Policy", "same-origin");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        headers.put("Cache-Control", "no-store");
    }
}
