package millrace.webhook.http;

import static java.util.Objects.requireNonNull;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import millrace.service.Problems;
import millrace.service.Refusal;
import millrace.webhook.page.Links;
import millrace.webhook.service.Docs;

/** Serves dbt's documentation. */
final class DocsEndpoint implements Handler {
    /** Nothing is fetched, nothing framed; dbt's own styles and scripts stand within its page. */
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
            + " 'unsafe-eval'; img-src 'self' data: blob:; font-src data:; base-uri 'none'; form-action 'none';"
            + " frame-ancestors 'none'";

    private final Docs docs;
    private final Links links;
    private final Problems problems;

    DocsEndpoint(Parts parts, Problems problems) {
        this.docs = parts.docs();
        this.links = parts.settings().links();
        this.problems = requireNonNull(problems, "problems is null");
    }

    @Override
    public void handle(Context ctx) {
        ctx.future(() -> docs.page().thenAccept(page -> send(ctx, page)).exceptionally(e -> {
            refuse(ctx, e);
            return null;
        }));
    }

    private static void send(Context ctx, Path page) {
        try {
            ctx.header("Content-Security-Policy", POLICY);
            ctx.contentType("text/html; charset=utf-8").result(Files.newInputStream(page));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void refuse(Context ctx, Throwable e) {
        Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
        if (!(cause instanceof Refusal refusal)) {
            throw new CompletionException(cause);
        }
        problems.reply(ctx, refusal.problem());
        if (Sorry.wantsPage(ctx)) {
            Sorry.answer(ctx, refusal, links);
        }
    }
}
