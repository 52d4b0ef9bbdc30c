package millrace.webhook.http;

import io.javalin.http.Context;
import millrace.service.Refusal;
import millrace.webhook.page.Layout;
import millrace.webhook.page.Links;

/** Tells browsers on a page, and programs as a problem, why something is not done. */
final class Sorry {
    private Sorry() {}

    /** @throws Refusal the same, when a program asks */
    static void answer(Context ctx, Refusal refusal, Links links) {
        if (!wantsPage(ctx)) {
            throw refusal;
        }
        ctx.status(refusal.problem().status());
        PageEndpoints.show(
                ctx,
                Layout.sorry(
                        refusal.problem().title(),
                        refusal.problem().detail(),
                        refusal.problem().hint(),
                        links));
    }

    static boolean wantsPage(Context ctx) {
        String accept = ctx.header("Accept");
        return accept != null && accept.contains("text/html");
    }
}
