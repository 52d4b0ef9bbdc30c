package millrace.generator.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The OpenAPI document, and a page that shows it and needs nothing from elsewhere. */
final class Documentation {
    private static final String OWN_FILES_ONLY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:;"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private Documentation() {}

    static void register(RoutesConfig routes) {
        routes.get("/", ctx -> ctx.redirect("/docs"));
        routes.get("/docs", ctx -> page(ctx, "docs.html", "text/html"));
        routes.get("/docs/docs.js", ctx -> page(ctx, "docs.js", "text/javascript"));
        routes.get("/docs/docs.css", ctx -> page(ctx, "docs.css", "text/css"));
        routes.get("/openapi.json", ctx -> page(ctx, "openapi.json", "application/json"));
    }

    private static void page(Context ctx, String file, String type) {
        ctx.header("Content-Security-Policy", OWN_FILES_ONLY);
        ctx.contentType(type + "; charset=utf-8").result(read(file));
    }

    static byte[] read(String file) {
        try (InputStream in = Documentation.class.getResourceAsStream(file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
