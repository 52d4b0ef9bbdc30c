package millrace.webhook.dbt;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import millrace.service.Json;
import millrace.webhook.config.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One dbt that is started ahead of the run it will be: its imports and the parse of the project, most of a small run's time, are
 * done then. It serves one run and ends with it, so that no run leaves anything to the next. It says itself whether its parse
 * still holds; where there is none, the run starts as ever.
 */
public final class ReadyDbt implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("ready-dbt");
    private static final int SCRIPT_HEAD = 512;

    private final Settings settings;
    private final Path folder;
    private final Optional<Path> python;
    // The kernel takes the death of the thread that started a child for the death of its parent: this one stays.
    private final ExecutorService starter = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "ready-dbt");
        thread.setDaemon(true);
        return thread;
    });
    private Process waiting;

    public ReadyDbt(Settings settings) {
        this.settings = requireNonNull(settings, "settings is null");
        this.folder = settings.state().resolve("ready");
        this.python = settings.readyDbt() ? python(settings.dbtExecutable()) : Optional.empty();
    }

    /** Starts one in the background, unless there is one. */
    public void prepare() {
        if (python.isEmpty()) {
            return;
        }
        try {
            starter.execute(this::start);
        } catch (RejectedExecutionException e) {
            LOG.debug("no dbt is made ready: the webhook is stopping");
        }
    }

    /** The one that waits, as the process of a command from now on; empty where there is none. */
    Optional<Process> become(DbtCommand command, Path log) {
        Process process = take();
        if (process == null) {
            return Optional.empty();
        }
        String request = Json.text(Map.of(
                "arguments",
                command.words(),
                "target",
                command.target().toString(),
                "log",
                log.toString(),
                "environment",
                Map.of(DbtCommand.RUN_VARIABLE, command.run())));
        try (OutputStream input = process.getOutputStream()) {
            input.write((request + "\n").getBytes(StandardCharsets.UTF_8));
            LOG.info("process {} was ready and is the run in {}", process.pid(), command.target());
            return Optional.of(process);
        } catch (IOException e) {
            process.destroyForcibly();
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        starter.shutdown();
        try {
            starter.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Process process = take();
        if (process != null) {
            process.destroyForcibly();
        }
    }

    private synchronized Process take() {
        Process process = waiting;
        waiting = null;
        return process != null && process.isAlive() ? process : null;
    }

    private synchronized void start() {
        if (waiting != null && waiting.isAlive()) {
            return;
        }
        List<String> words = new ArrayList<>(List.of(
                python.orElseThrow().toString(),
                script().toString(),
                settings.dbtExecutable().toString()));
        words.addAll(DbtCommand.options(settings, folder.resolve("target"), folder.resolve("logs")));
        try {
            Files.createDirectories(folder);
            waiting = Child.builder(words, settings.dbtProject())
                    .redirectOutput(folder.resolve("output").toFile())
                    .start();
        } catch (IOException e) {
            LOG.warn("no dbt is made ready: {}", e.getMessage());
        }
    }

    /** Beside the folder of the built classes. */
    private static Path script() {
        try {
            Path built = Path.of(ReadyDbt.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return built.getParent().resolveSibling("python").resolve("ready_dbt.py");
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The Python that runs a command; empty for a command that is no script of Python. */
    private static Optional<Path> python(Path command) {
        try (InputStream input = Files.newInputStream(command)) {
            String head = new String(input.readNBytes(SCRIPT_HEAD), StandardCharsets.ISO_8859_1);
            Path python = command.toRealPath().resolveSibling("python");
            return head.startsWith("#!") && head.contains("python") && Files.isExecutable(python)
                    ? Optional.of(python)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
