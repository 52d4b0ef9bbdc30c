package millrace.webhook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import millrace.contract.settings.Secret;
import millrace.webhook.security.Events;

/**
 * Everything the webhook is told by its environment. What dbt itself needs (CLICKHOUSE_HOST and so on) is inherited by
 * dbt and not read here.
 *
 * @param host address to listen on
 * @param port TCP port to listen on; 0 picks a free one
 * @param state folder for run records, logs and dbt's targets
 * @param pipelines folder that holds the pipeline files
 * @param dbtProject folder of the dbt project, which also holds profiles.yml
 * @param dbtExecutable the dbt command; a bare name is looked up on PATH
 * @param readyDbt whether a dbt is started ahead of the next run
 * @param allowedHosts names that clients may call the webhook by, besides IP addresses and localhost; in lower case
 * @param runTimeout how long one dbt may run before it is ended
 * @param keptRuns how many runs that have ended are remembered, with their logs and artifacts
 * @param mostWaiting how many runs may wait
 * @param token the operator's, which may do everything
 * @param publishedOn the address at which the network reaches it
 * @param secrets those with which other programs sign their messages
 * @param events what their messages run
 * @param usualPipeline the pipeline that is meant by a request that names none; empty for the only one there is
 */
public record Settings(
        String host,
        int port,
        Path state,
        Path pipelines,
        Path dbtProject,
        Path dbtExecutable,
        boolean readyDbt,
        List<String> allowedHosts,
        Duration runTimeout,
        int keptRuns,
        int mostWaiting,
        Optional<Secret> token,
        String publishedOn,
        List<Secret> secrets,
        Optional<Events> events,
        String usualPipeline) {
    private static final String DEFAULT_HOST = "127.0.0.1";
    private static final int DEFAULT_PORT = 5001;
    private static final int DEFAULT_KEPT = 100;
    private static final int DEFAULT_WAITING = 20;
    private static final Duration DEFAULT_TIMEOUT = Duration.ofHours(2);

    /**
     * Reads the settings.
     *
     * @param environment as {@link System#getenv()} gives it
     * @throws BadSettings naming every setting that is missing or malformed
     */
    public static Settings from(Map<String, String> environment) throws BadSettings {
        Reader reader = new Reader(environment, new ArrayList<>());
        Settings settings = new Settings(
                reader.text("WEBHOOK_HOST", DEFAULT_HOST),
                reader.port("WEBHOOK_PORT", DEFAULT_PORT),
                reader.path("WEBHOOK_STATE", "the folder for run records and logs"),
                reader.path("MILLRACE_PIPELINES", "the folder with the pipeline files"),
                reader.path("DBT_PROJECT_DIR", "the folder of the dbt project"),
                reader.command("DBT_EXECUTABLE", "the dbt command"),
                reader.flag("WEBHOOK_READY_DBT", true),
                reader.names("WEBHOOK_ALLOWED_HOSTS"),
                reader.seconds("WEBHOOK_RUN_TIMEOUT", DEFAULT_TIMEOUT),
                reader.number("WEBHOOK_KEEP_RUNS", DEFAULT_KEPT, 1, 100_000),
                reader.number("WEBHOOK_QUEUE", DEFAULT_WAITING, 0, 1000),
                reader.secret("WEBHOOK_TOKEN"),
                reader.text("WEBHOOK_PUBLISHED_ON", reader.text("WEBHOOK_HOST", DEFAULT_HOST)),
                reader.secrets("WEBHOOK_SECRET"),
                reader.events("WEBHOOK_EVENTS"),
                reader.text("WEBHOOK_PIPELINE", ""));
        if (settings.demandsTokens() && settings.token().isEmpty()) {
            reader.problems.add(
                    "WEBHOOK_TOKEN is not set, nor is WEBHOOK_TOKEN_FILE: where the network reaches the webhook ("
                            + settings.publishedOn() + "), nobody may use it without a token.");
        }
        if (!reader.problems.isEmpty()) {
            throw new BadSettings(reader.problems);
        }
        return settings;
    }

    /** Whether nobody may do anything without a token. */
    public boolean demandsTokens() {
        return !publishedOn.equals("localhost")
                && !publishedOn.equals("::1")
                && !publishedOn.equals("[::1]")
                && !publishedOn.startsWith("127.");
    }

    private record Reader(Map<String, String> environment, List<String> problems) {
        String text(String name, String fallback) {
            String value = environment.getOrDefault(name, "").strip();
            return value.isEmpty() ? fallback : value;
        }

        int port(String name, int fallback) {
            String value = text(name, String.valueOf(fallback));
            if (value.matches("[0-9]{1,5}") && Integer.parseInt(value) <= 65535) {
                return Integer.parseInt(value);
            }
            problems.add(name + " is '" + value + "', but a port is a number from 0 to 65535.");
            return fallback;
        }

        boolean flag(String name, boolean fallback) {
            String value = text(name, fallback ? "on" : "off");
            if (!value.equals("on") && !value.equals("off")) {
                problems.add(name + " is '" + value + "', but it is on or off.");
            }
            return value.equals("on");
        }

        int number(String name, int fallback, int least, int most) {
            String value = text(name, String.valueOf(fallback));
            if (value.matches("[0-9]{1,9}") && Integer.parseInt(value) >= least && Integer.parseInt(value) <= most) {
                return Integer.parseInt(value);
            }
            problems.add(name + " is '" + value + "', but it is a number from " + least + " to " + most + ".");
            return fallback;
        }

        Optional<Secret> secret(String name) {
            String value = text(name, "");
            String file = text(name + "_FILE", "");
            try {
                return Optional.of(
                                file.isEmpty()
                                        ? value
                                        : Files.readString(Path.of(file)).strip())
                        .filter(text -> !text.isEmpty())
                        .map(Secret::new);
            } catch (IOException | InvalidPathException e) {
                problems.add(name + "_FILE names a file that cannot be read.");
                return Optional.empty();
            }
        }

        List<Secret> secrets(String name) {
            return secret(name).stream()
                    .flatMap(all -> Stream.of(all.value().split("\\s+")))
                    .map(Secret::new)
                    .toList();
        }

        Optional<Events> events(String name) {
            String usual = text("MILLRACE_PIPELINES", ".") + "/webhook.events.yml";
            String file = text(name, Files.exists(Path.of(usual)) ? usual : "");
            if (file.isEmpty()) {
                return Optional.empty();
            }
            try {
                return Optional.of(Events.read(Path.of(file)));
            } catch (IOException | InvalidPathException e) {
                problems.add(name + " names " + file + ", which cannot be used: it " + e.getMessage() + ".");
                return Optional.empty();
            }
        }

        List<String> names(String name) {
            return Stream.of(text(name, "").toLowerCase(Locale.ROOT).split("[,\\s]+"))
                    .filter(host -> !host.isEmpty())
                    .toList();
        }

        Duration seconds(String name, Duration fallback) {
            String value = text(name, String.valueOf(fallback.toSeconds()));
            if (value.matches("[0-9]{1,8}") && Integer.parseInt(value) > 0) {
                return Duration.ofSeconds(Integer.parseInt(value));
            }
            problems.add(name + " is '" + value + "', but a timeout is a number of seconds from 1 to 99999999.");
            return fallback;
        }

        Path command(String name, String meaning) {
            String value = text(name, "");
            if (value.isEmpty() || value.contains("/")) {
                return path(name, meaning);
            }
            return Stream.of(text("PATH", "").split(":"))
                    .map(folder -> Path.of(folder, value).toAbsolutePath())
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseGet(() -> path(name, meaning));
        }

        Path path(String name, String meaning) {
            String value = text(name, "");
            if (value.isEmpty()) {
                problems.add(name + " is not set: it names " + meaning + ".");
                return null;
            }
            try {
                return Path.of(value).toAbsolutePath().normalize();
            } catch (InvalidPathException e) {
                problems.add(name + " is not a path.");
                return null;
            }
        }
    }
}
