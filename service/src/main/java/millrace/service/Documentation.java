package millrace.service;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A service's OpenAPI document, and a page that shows it and needs nothing from elsewhere. */
public final class Documentation {
    private Documentation() {}

    /**
     * Serves both.
     *
     * @param title of the page
     * @param service the class beside which the resource openapi.json lies
     */
    public static void register(RoutesConfig routes, String title, Class<?> service) {
        byte[] page = new String(read(Documentation.class, "docs.html"), StandardCharsets.UTF_8)
                .replace("{{title}}", title)
                .getBytes(StandardCharsets.UTF_8);
        routes.get("/docs", ctx -> send(ctx, page, "text/html"));
        routes.get("/docs/docs.js", ctx -> send(ctx, read(Documentation.class, "docs.js"), "text/javascript"));
        routes.get("/docs/docs.css", ctx -> send(ctx, read(Documentation.class, "docs.css"), "text/css"));
        routes.get("/openapi.json", ctx -> send(ctx, read(service, "openapi.json"), "application/json"));
    }

    private static void send(Context ctx, byte[] bytes, String type) {
        ctx.contentType(type + "; charset=utf-8").result(bytes);
    }

    private static byte[] read(Class<?> beside, String file) {
        try (InputStream in = beside.getResourceAsStream(file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
