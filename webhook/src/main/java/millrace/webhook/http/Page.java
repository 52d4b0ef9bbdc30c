package millrace.webhook.http;

import io.javalin.http.Context;

/** The frame of the few pages for people. */
final class Page {
    private static final String FRAME = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>%1$s</title>
            <style>
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #222; }
            table { border-collapse: collapse; width: 100%%; }
            th, td { text-align: left; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid #ddd; vertical-align: top; }
            code { background: #f3f3f3; padding: .1rem .3rem; }
            .success { color: #176b3a; } .failed { color: #a32020; } .cancelled, .running { color: #8a5a00; }
            </style>
            </head>
            <body>
            <h1>%1$s</h1>
            %2$s
            </body>
            </html>
            """;

    /** Nothing is fetched, nothing framed; the pages' own styles and dbt's own scripts stand within them. */
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
            + " 'unsafe-eval'; img-src 'self' data: blob:; font-src data:; base-uri 'none'; form-action 'none';"
            + " frame-ancestors 'none'";

    private Page() {}

    /** Allows what stands within a page itself. */
    static void policy(Context ctx) {
        ctx.header("Content-Security-Policy", POLICY);
    }

    /**
     * Puts content into the frame.
     *
     * @param title plain text
     * @param body HTML
     */
    static String of(String title, String body) {
        return FRAME.formatted(escape(title), body);
    }

    /** Makes plain text safe inside HTML. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
