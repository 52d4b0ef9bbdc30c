package millrace.webhook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The webhook as a process of its own. */
record WebhookProcess(Process process, Path printed) {
    /** Starts it and does not wait for anything. */
    static WebhookProcess launch(Path printed, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "millrace.webhook.Main")
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        builder.environment().keySet().removeIf(name -> name.matches("(WEBHOOK|DBT|MILLRACE)_.*"));
        builder.environment().putAll(environment);
        return new WebhookProcess(builder.start(), printed);
    }

    /** Starts it and waits until it listens. */
    static WebhookProcess start(Path printed, Map<String, String> environment)
            throws IOException, InterruptedException {
        WebhookProcess webhook = launch(printed, environment);
        Eventually.holds("the webhook listens", () -> webhook.text().contains("listening"));
        return webhook;
    }

    /** What it has printed so far. */
    String text() throws IOException {
        return Files.readString(printed);
    }

    Client client() throws IOException {
        return new Client(Integer.parseInt(text().replaceAll("(?s).*url=http://127.0.0.1:(\\d+).*", "$1")));
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("the webhook did not end");
        }
        return process.exitValue();
    }

    void stop() throws InterruptedException {
        process.destroy();
        exitCode();
    }
}
