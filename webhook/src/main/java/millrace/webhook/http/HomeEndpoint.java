package millrace.webhook.http;

import static java.util.Objects.requireNonNull;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import millrace.webhook.page.HomePage;
import millrace.webhook.page.Links;
import millrace.webhook.page.PipelineState;
import millrace.webhook.pipeline.About;
import millrace.webhook.run.RunFilter;
import millrace.webhook.service.Health;
import millrace.webhook.warehouse.Overview;
import org.eclipse.jetty.util.HostPort;

/** The front page. */
final class HomeEndpoint implements Handler {
    private static final int RUNS = 10;

    private final Parts parts;
    private final Health health;

    HomeEndpoint(Parts parts) {
        this.parts = requireNonNull(parts, "parts is null");
        this.health = new Health(parts.settings(), parts.pipelines());
    }

    @Override
    public void handle(Context ctx) {
        Overview overview = parts.loads().overview();
        List<String> problems = new ArrayList<>(health.problems());
        overview.problem().ifPresent(problems::add);
        PageEndpoints.show(
                ctx,
                HomePage.of(
                        states(parts, overview),
                        problems,
                        parts.runs().list(RunFilter.newest(RUNS)),
                        links(ctx, parts),
                        Instant.now()));
    }

    /** All pipelines, by name. */
    static List<PipelineState> states(Parts parts, Overview overview) {
        return parts.pipelines().names().stream()
                .map(name -> new PipelineState(
                        About.in(parts.settings().pipelines(), name),
                        overview.tables(name),
                        overview.follower(name),
                        parts.runs().list(RunFilter.of(name, 1)).stream().findFirst()))
                .toList();
    }

    static Links links(Context ctx, Parts parts) {
        String host = ctx.header("Host");
        Links links = parts.settings().links();
        return host == null ? links : links.asSeenFrom(new HostPort(host).getHost());
    }
}
