package millrace.webhook.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.service.Refusal;
import millrace.service.Refusal.Kind;
import millrace.webhook.page.Html;
import millrace.webhook.page.RunPage;
import millrace.webhook.page.RunsPage;
import millrace.webhook.page.TablePage;
import millrace.webhook.pipeline.PipelineName;
import millrace.webhook.run.Run;
import millrace.webhook.run.RunFilter;
import millrace.webhook.run.RunLog;
import millrace.webhook.service.QueueFull;
import millrace.webhook.service.Runs;
import millrace.webhook.service.Ticket;
import millrace.webhook.warehouse.LoadedTable;
import millrace.webhook.warehouse.Loads;
import millrace.webhook.warehouse.WarehouseFailure;

/** The pages for people. */
final class PageEndpoints {
    private static final Map<String, String> ASSETS =
            Map.of("pages.css", "text/css", "pages.js", "text/javascript", "millrace.svg", "image/svg+xml");
    private static final int LOADS = 200;
    private static final int RUNS_OF_HISTORY = 30;
    private static final int LOG_BYTES = 128 * 1024;

    private final Parts parts;
    private final Runs runs;
    private final Loads loads;
    private final Orders orders;
    private final HomeEndpoint home;

    PageEndpoints(Parts parts, Orders orders) {
        this.parts = requireNonNull(parts, "parts is null");
        this.orders = requireNonNull(orders, "orders is null");
        this.runs = parts.runs();
        this.loads = parts.loads();
        this.home = new HomeEndpoint(parts);
    }

    void register(RoutesConfig routes) {
        routes.get("/", page(home));
        routes.get("/tables/{name}", page(this::table));
        routes.get("/runs", page(this::list));
        routes.get("/runs/{id}", page(this::run));
        routes.post("/runs", page(this::start));
        routes.post("/runs/{id}/cancel", page(this::cancel));
        routes.post("/runs/{id}/retry", page(this::retry));
        routes.get("/assets/{name}", PageEndpoints::asset);
    }

    /** People are told why there is no page on a page. */
    private Handler page(Handler handler) {
        return ctx -> {
            try {
                handler.handle(ctx);
            } catch (Refusal refusal) {
                Sorry.answer(ctx, refusal, parts.settings().links());
            }
        };
    }

    private void table(Context ctx) {
        String name = ctx.pathParam("name");
        LoadedTable table = loads.overview().tables().stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        Kind.NOT_FOUND,
                        "unknown_table",
                        loads.overview().problem().orElse("No table of that name has been loaded."),
                        "The tables there are stand on the front page."));
        try {
            show(ctx, TablePage.of(table, loads.history(name, LOADS), HomeEndpoint.links(ctx, parts), Instant.now()));
        } catch (WarehouseFailure e) {
            throw new Refusal(Kind.UNAVAILABLE, "no_warehouse", e.getMessage(), "Load the page again when it is back.");
        }
    }

    private void list(Context ctx) {
        RunFilter filter = FilterReader.read(ctx);
        List<Run> list = runs.list(filter);
        Optional<String> next = list.size() < filter.limit()
                ? Optional.empty()
                : Optional.of(FilterReader.address(
                        "/runs", filter, list.get(list.size() - 1).runId()));
        show(
                ctx,
                RunsPage.of(
                        list, filter, parts.pipelines().names(), next, HomeEndpoint.links(ctx, parts), Instant.now()));
    }

    private void run(Context ctx) throws IOException {
        Run run = RunView.find(runs, ctx.pathParam("id"));
        show(
                ctx,
                RunPage.of(
                        run,
                        log(run),
                        runs.seconds(run.pipeline(), RUNS_OF_HISTORY),
                        ArtifactEndpoints.of(runs.folder(run.runId()).target()),
                        HomeEndpoint.links(ctx, parts),
                        Instant.now()));
    }

    /** The end of the log, from the beginning of a line on. */
    private RunPage.Log log(Run run) throws IOException {
        var file = runs.folder(run.runId()).log();
        long size = Files.exists(file) ? Files.size(file) : 0;
        RunLog.Piece piece = RunLog.read(
                file, Math.max(0, size - LOG_BYTES), LOG_BYTES, run.state().hasEnded());
        String text = new String(piece.bytes(), UTF_8);
        return new RunPage.Log(size > LOG_BYTES ? text.substring(text.indexOf('\n') + 1) : text, piece.next());
    }

    private void start(Context ctx) throws QueueFull {
        String name = Optional.ofNullable(ctx.formParam("pipeline")).orElse("");
        RunRequest request = new RunRequest(new PipelineName(name), JsonNodeFactory.instance.objectNode());
        to(ctx, runs.submit(orders.order(ctx, request, "page")));
    }

    private void retry(Context ctx) throws QueueFull {
        to(ctx, runs.submit(orders.retry(ctx, RunView.find(runs, ctx.pathParam("id")))));
    }

    private static void to(Context ctx, Ticket ticket) {
        ctx.redirect("/runs/" + ticket.run().runId(), HttpStatus.SEE_OTHER);
    }

    private void cancel(Context ctx) {
        Run run = RunView.find(runs, ctx.pathParam("id"));
        ctx.future(() ->
                runs.cancel(run).thenAccept(end -> ctx.redirect("/runs/" + end.runId(), HttpStatus.SEE_OTHER)));
    }

    static void show(Context ctx, Html page) {
        ctx.contentType("text/html; charset=utf-8").result(page.text());
    }

    private static void asset(Context ctx) throws IOException {
        String name = ctx.pathParam("name");
        String type = ASSETS.get(name);
        if (type == null) {
            throw new Refusal(Kind.NOT_FOUND, "unknown_asset", "There is no such file.", "GET / tells what there is.");
        }
        try (InputStream in = Html.class.getResourceAsStream(name)) {
            ctx.contentType(type + "; charset=utf-8").result(in.readAllBytes());
        }
    }
}
