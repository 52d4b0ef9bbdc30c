package millrace.webhook.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.contract.settings.ClickHouseSettings;
import millrace.contract.settings.Secret;
import millrace.webhook.outgoing.Target;
import millrace.webhook.page.Links;
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
 * @param targets who is told of runs
 * @param targetSecrets those with which messages to targets are signed
 * @param alertPause how long between two looks for alerts
 * @param usualPipeline the pipeline that is meant by a request that names none; empty for the only one there is
 * @param clickHouse where loads and followers are written down
 * @param links where browsers find the other parts
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
        List<Target> targets,
        List<Secret> targetSecrets,
        Duration alertPause,
        String usualPipeline,
        Optional<ClickHouseSettings> clickHouse,
        Links links) {
    private static final String DEFAULT_HOST = "127.0.0.1";
    private static final int DEFAULT_PORT = 5001;
    private static final int DEFAULT_KEPT = 100;
    private static final int DEFAULT_WAITING = 20;
    private static final Duration DEFAULT_ALERT_PAUSE = Duration.ofSeconds(10);
    private static final Duration DEFAULT_TIMEOUT = Duration.ofHours(2);

    /**
     * Reads the settings.
     *
     * @param environment as {@link System#getenv()} gives it
     * @throws BadSettings naming every setting that is missing or malformed
     */
    public static Settings from(Map<String, String> environment) throws BadSettings {
        SettingsReader reader = new SettingsReader(environment, new ArrayList<>());
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
                reader.targets("WEBHOOK_TARGETS"),
                reader.secrets("WEBHOOK_TARGET_SECRET"),
                reader.seconds("WEBHOOK_ALERT_SECONDS", DEFAULT_ALERT_PAUSE),
                reader.text("WEBHOOK_PIPELINE", ""),
                reader.clickHouse(),
                new Links(
                        reader.address("WEBHOOK_AIRFLOW_URL"),
                        reader.address("WEBHOOK_SUPERSET_URL"),
                        reader.address("WEBHOOK_CLICKHOUSE_URL")));
        if (settings.demandsTokens() && settings.token().isEmpty()) {
            reader.problems()
                    .add("WEBHOOK_TOKEN is not set, nor is WEBHOOK_TOKEN_FILE: where the network reaches the webhook ("
                            + settings.publishedOn() + "), nobody may use it without a token.");
        }
        if (settings.targetSecrets().isEmpty()
                && settings.targets().stream().anyMatch(target -> target.form() == Target.Form.STANDARD)) {
            reader.problems()
                    .add(
                            "WEBHOOK_TARGET_SECRET is not set, nor is WEBHOOK_TARGET_SECRET_FILE: messages to the addresses in"
                                    + " WEBHOOK_TARGETS are signed with it.");
        }
        if (!reader.problems().isEmpty()) {
            throw new BadSettings(reader.problems());
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
}
