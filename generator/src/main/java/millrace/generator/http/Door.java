package millrace.generator.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Set;
import millrace.generator.config.ApiSettings;

/**
 * Lets in only those who mean this API: a name that was pointed here by somebody else is refused, and so is a page of
 * another site that has a browser change something.
 */
final class Door implements Handler {
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final ApiSettings settings;

    Door(ApiSettings settings) {
        this.settings = requireNonNull(settings, "settings is null");
    }

    @Override
    public void handle(Context ctx) {
        String host = ctx.req().getHeader("Host");
        if (host == null || !settings.hosts().contains(withoutPort(host))) {
            throw refusal(
                    421,
                    "unknown-host",
                    "Another server is meant",
                    "The Host header does not name this API.",
                    "ORDER_API_ALLOWED_HOSTS lists further names.");
        }
        if (!READING.contains(ctx.req().getMethod())) {
            refuseOtherSites(ctx, host);
            refuseStrangers(ctx);
        }
    }

    static String withoutPort(String host) {
        return host.replaceFirst(":[0-9]*$", "").toLowerCase(Locale.ROOT);
    }

    private static void refuseOtherSites(Context ctx, String host) {
        String origin = ctx.req().getHeader("Origin");
        String site = ctx.req().getHeader("Sec-Fetch-Site");
        boolean ownOrigin = origin == null || origin.equals("http://" + host) || origin.equals("https://" + host);
        boolean ownSite = site == null || site.equals("same-origin") || site.equals("none");
        if (!ownOrigin || !ownSite) {
            throw refusal(
                    403,
                    "foreign-origin",
                    "A page of another site asks",
                    "Pages of other sites may not change anything here.",
                    "Send it from /docs, or without a browser.");
        }
    }

    private void refuseStrangers(Context ctx) {
        if (settings.token().isEmpty()) {
            return;
        }
        String given = ctx.req().getHeader("Authorization");
        byte[] right = ("Bearer " + settings.token().get().value()).getBytes(UTF_8);
        if (given == null || !MessageDigest.isEqual(right, given.getBytes(UTF_8))) {
            ctx.header("WWW-Authenticate", "Bearer");
            throw refusal(
                    401,
                    "token-needed",
                    "The token is missing or wrong",
                    "Requests that change something need the API's token.",
                    "Send the header Authorization: Bearer, with the value of ORDER_API_TOKEN.");
        }
    }

    private static Refusal refusal(int status, String code, String title, String detail, String hint) {
        return new Refusal(Problem.of(status, code, title, detail, hint));
    }
}
