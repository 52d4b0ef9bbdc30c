package millrace.webhook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import millrace.webhook.config.BadSettings;
import millrace.webhook.config.Settings;

/** A folder with everything a webhook needs, where a shell script takes dbt's place and does what a test tells it to. */
record FakeDbt(Path folder) {
    static final String GREEN = "results success; exit 0";
    static final String RED = "results error; exit 1";
    /** Runs until it is killed; tells its process id. */
    static final String ENDLESS = "echo $$ > pid.new; mv pid.new pid; while :; do sleep 0.1; done";

    private static final String PREAMBLE = """
            #!/bin/sh
            echo "$@" >> calls
            echo "10:00:00  Running with a fake"
            verb=$1
            while [ $# -gt 0 ]; do
              if [ "$1" = --target-path ]; then target=$2; fi
              shift
            done
            results() {
              printf '{"results":[{"unique_id":"model.m.stg_orders","status":"%s","execution_time":0.5,"message":"said"}]}' \\
                "$1" > "$target/run_results.json"
            }
            if [ "$verb" = docs ]; then echo "<html>docs</html>" > "$target/static_index.html"; exit 0; fi
            """;

    static FakeDbt in(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("pipelines"));
        Files.createDirectories(folder.resolve("project"));
        Files.writeString(folder.resolve("pipelines/ecommerce.yml"), "dbt:\n  select: path:models/ecommerce\n");
        Files.writeString(folder.resolve("project/dbt_project.yml"), "name: m\n");
        return new FakeDbt(folder).does(GREEN);
    }

    FakeDbt does(String script) throws IOException {
        Path executable = folder.resolve("dbt");
        Files.writeString(executable, PREAMBLE + script + "\n");
        Files.setPosixFilePermissions(executable, PosixFilePermissions.fromString("rwxr-xr-x"));
        return this;
    }

    Map<String, String> environment() {
        return Map.of(
                "WEBHOOK_PORT", "0",
                "WEBHOOK_STATE", folder.resolve("state").toString(),
                "MILLRACE_PIPELINES", folder.resolve("pipelines").toString(),
                "DBT_PROJECT_DIR", folder.resolve("project").toString(),
                "DBT_EXECUTABLE", folder.resolve("dbt").toString());
    }

    Webhook webhook() throws IOException, BadSettings {
        return webhook(Map.of());
    }

    /** A webhook with further settings. */
    Webhook webhook(Map<String, String> more) throws IOException, BadSettings {
        Map<String, String> all = new HashMap<>(environment());
        all.putAll(more);
        return Webhook.create(Settings.from(all)).start();
    }

    /** The command lines it was called with, one a line. */
    String calls() throws IOException {
        return Files.readString(folder.resolve("project/calls"));
    }

    /** Waits until an endless run has begun and returns its process. */
    ProcessHandle process() throws IOException, InterruptedException {
        Path pid = folder.resolve("project/pid");
        Eventually.holds("dbt has started", () -> Files.exists(pid));
        return ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
    }
}
