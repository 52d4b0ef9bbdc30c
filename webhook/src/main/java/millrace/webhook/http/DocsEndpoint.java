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
import millrace.webhook.service.Docs;

/** Serves dbt's documentation. */
final class DocsEndpoint implements Handler {
    private final Docs docs;
    private final Problems problems;

    DocsEndpoint(Docs docs, Problems problems) {
        this.docs = requireNonNull(docs, "docs is null");
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
            Page.policy(ctx);
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
        String accept = ctx.header("Accept");
        if (accept != null && accept.contains("text/html")) {
            Page.policy(ctx);
            ctx.contentType("text/html; charset=utf-8").result(Page.of("No documentation", body(refusal)));
        }
    }

    private static String body(Refusal refusal) {
        return "<p>" + Page.escape(refusal.problem().detail()) + "</p><p>"
                + Page.escape(refusal.problem().hint()) + "</p>";
    }
}
