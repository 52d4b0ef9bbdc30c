package millrace.webhook.service;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import millrace.service.OneLine;
import millrace.service.Refusal;
import millrace.webhook.config.Settings;
import millrace.webhook.dbt.DocsGeneration;
import millrace.webhook.run.Run;
import millrace.webhook.run.RunId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * dbt's documentation as one page. It is made when somebody asks for it after a green run, beside the runs and never in their way:
 * the first reader waits for it, later ones get the page of an earlier run until the new one is there.
 */
public final class Docs {
    private static final Logger LOG = LoggerFactory.getLogger("docs");
    private static final String SUFFIX = ".html";

    private final Settings settings;
    private final Runs runs;
    private final Path folder;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> new Thread(task, "docs"));
    private DocsGeneration generation;
    private CompletableFuture<Path> pending;
    private boolean stopping;

    public Docs(Settings settings, Runs runs) {
        this.settings = requireNonNull(settings, "settings is null");
        this.runs = requireNonNull(runs, "runs is null");
        this.folder = settings.state().resolve("docs");
    }

    /**
     * The page, as good as it can be had.
     *
     * @return completes with an HTML file, or with a {@link Refusal} when there is none and none can be made
     */
    public synchronized CompletableFuture<Path> page() {
        Optional<Path> page = pages().findFirst();
        Optional<RunId> green = runs.lastGreen().map(Run::runId);
        if (green.isEmpty() && page.isEmpty()) {
            return CompletableFuture.failedFuture(noRunYet());
        }
        boolean fresh = green.isEmpty() || page.equals(green.map(this::pageOf));
        if (!fresh && pending == null && !stopping) {
            DocsGeneration next = new DocsGeneration(settings, folder);
            generation = next;
            pending = CompletableFuture.supplyAsync(() -> generate(next, green.get()), worker);
        }
        if (page.isEmpty() && pending == null) {
            return CompletableFuture.failedFuture(noRunYet());
        }
        return page.map(CompletableFuture::completedFuture).orElseGet(() -> pending.copy());
    }

    /** Ends the generation that may be under way. */
    public void stop() {
        DocsGeneration last;
        synchronized (this) {
            stopping = true;
            last = generation;
        }
        if (last != null) {
            last.stop();
        }
        worker.shutdown();
    }

    private Path generate(DocsGeneration generation, RunId green) {
        try {
            Path page = Files.move(generation.execute(), pageOf(green), ATOMIC_MOVE);
            pages().skip(1).forEach(Docs::delete);
            LOG.info("made docs of run={}", green);
            return page;
        } catch (IOException e) {
            LOG.warn("no docs of run={} reason=\"{}\"", green, OneLine.of(e.getMessage()));
            throw new Refusal(
                    Refusal.Kind.INTERNAL,
                    "docs_failed",
                    "dbt could not make its documentation: " + e.getMessage(),
                    "Correct that and load this page again.");
        } finally {
            synchronized (this) {
                pending = null;
            }
        }
    }

    private Path pageOf(RunId run) {
        return folder.resolve(run + SUFFIX);
    }

    /** The pages there are, newest first. */
    private Stream<Path> pages() {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> pages = files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted(Comparator.reverseOrder())
                    .toList();
            return pages.stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static void delete(Path page) {
        try {
            Files.deleteIfExists(page);
        } catch (IOException e) {
            LOG.warn("could not remove page={}", page.getFileName());
        }
    }

    private static Refusal noRunYet() {
        return new Refusal(
                Refusal.Kind.NOT_FOUND,
                "no_docs_yet",
                "There is no documentation yet: it is made after the first run that succeeds.",
                "Run dbt with POST /webhook/manual, then load this page again.");
    }
}
