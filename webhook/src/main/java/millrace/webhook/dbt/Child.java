package millrace.webhook.dbt;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One child process, which writes its output into a file and can be stopped from any thread. */
public final class Child {
    private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(5);
    private static final Duration AFTER_TERMINATE = Duration.ofSeconds(3);

    private final DbtCommand command;
    private final Path log;
    private final Optional<ReadyDbt> ready;
    private Process process;
    private boolean stopped;
    private boolean timedOut;

    /** @param log the file that takes its output */
    public Child(DbtCommand command, Path log) {
        this(command, log, Optional.empty());
    }

    /** @param ready where a dbt may wait already, to be this one */
    Child(DbtCommand command, Path log, ReadyDbt ready) {
        this(command, log, Optional.of(ready));
    }

    private Child(DbtCommand command, Path log, Optional<ReadyDbt> ready) {
        this.command = requireNonNull(command, "command is null");
        this.log = requireNonNull(log, "log is null");
        this.ready = ready;
    }

    /**
     * Starts the process and waits for its end, both in the calling thread: the kernel takes the death of the thread that
     * started a child for the death of its parent.
     *
     * @param limit how long it may run before it is stopped
     * @return its exit code
     * @throws IOException when it cannot be started
     * @throws InterruptedException when the wait is interrupted; the process is killed then
     */
    public int run(Duration limit) throws IOException, InterruptedException {
        Process started = start();
        try {
            if (!started.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                expire();
            }
            return started.waitFor();
        } finally {
            kill(started);
        }
    }

    /** Ends the process: dbt gets the chance to cancel its queries, then is told, then killed. Returns when it is gone. */
    public void stop() {
        Process running;
        synchronized (this) {
            stopped = true;
            running = process;
        }
        if (running == null) {
            return;
        }
        List<ProcessHandle> family = running.descendants().toList();
        interrupt(running);
        if (!gone(running, AFTER_INTERRUPT)) {
            running.destroy();
            if (!gone(running, AFTER_TERMINATE)) {
                kill(running);
            }
        }
        family.forEach(ProcessHandle::destroyForcibly);
        killGroup(running);
    }

    /** Whether it was ended from outside or by its limit. */
    public synchronized boolean isStopped() {
        return stopped;
    }

    /** Whether it took longer than it might before anybody asked for its end. */
    public synchronized boolean isTimedOut() {
        return timedOut;
    }

    private void expire() {
        synchronized (this) {
            timedOut = !stopped;
        }
        stop();
    }

    private synchronized Process start() throws IOException, InterruptedException {
        if (stopped) {
            throw new InterruptedException("stopped before it started");
        }
        Optional<Process> waited = ready.flatMap(it -> it.become(command, log));
        process = waited.isPresent() ? waited.get() : startAnew();
        return process;
    }

    private Process startAnew() throws IOException {
        ProcessBuilder builder = builder(command.arguments(), command.project())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(log.toFile());
        builder.environment().put(DbtCommand.RUN_VARIABLE, command.run());
        return builder.start();
    }

    /** A process in a folder, ended with the webhook, in a group of its own, without the webhook's own secrets. */
    static ProcessBuilder builder(List<String> command, Path folder) {
        List<String> arguments = new ArrayList<>(ChildPrefix.words());
        arguments.addAll(command);
        ProcessBuilder builder =
                new ProcessBuilder(arguments).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("WEBHOOK_"));
        builder.environment().put("PYTHONUNBUFFERED", "1");
        return builder;
    }

    private static void interrupt(Process process) {
        if (!signal("-INT", String.valueOf(process.pid()))) {
            process.destroy();
        }
    }

    /** Kills what dbt started and no longer counts among its children: all of it is in the process group that dbt leads. */
    private static void killGroup(Process leader) {
        if (ChildPrefix.leadsGroup()) {
            signal("-KILL", "-" + leader.pid());
        }
    }

    private static boolean signal(String name, String whom) {
        try {
            new ProcessBuilder("kill", name, "--", whom)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(1, TimeUnit.SECONDS);
            return true;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static boolean gone(Process process, Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        killGroup(process);
    }
}
