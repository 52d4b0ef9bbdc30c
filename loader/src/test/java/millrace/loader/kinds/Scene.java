package millrace.loader.kinds;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import millrace.loader.servers.TestClickHouse;
import millrace.loader.servers.TestPostgres;

/**
 * A schema in Postgres and a database in ClickHouse of one name, for one kind alone, and the built loader between them. Both
 * servers are those of all tests.
 */
final class Scene implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Path LOADER = Path.of("bin", "loader").toAbsolutePath();

    private final String name;
    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();

    Scene(String list) {
        name = "kind_" + list + "_" + COUNT.incrementAndGet();
        try {
            folder = Files.createTempDirectory("kind");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        environment.putAll(Map.of(
                "POSTGRES_HOST", "127.0.0.1",
                "POSTGRES_PORT", "" + TestPostgres.server().port(),
                "POSTGRES_DB", "postgres",
                "POSTGRES_USER", "postgres",
                "POSTGRES_PASSWORD", "postgres",
                "CLICKHOUSE_HOST", "127.0.0.1",
                "CLICKHOUSE_HTTP_PORT", "" + TestClickHouse.server().port(),
                "CLICKHOUSE_USER", TestClickHouse.USER,
                "CLICKHOUSE_PASSWORD", TestClickHouse.PASSWORD));
        TestPostgres.server().run("CREATE SCHEMA " + name);
        TestClickHouse.server().query("CREATE DATABASE " + name);
    }

    /** The name of the schema and of the database. */
    String name() {
        return name;
    }

    /** A folder of the scene's own. */
    Path folder() {
        return folder;
    }

    /** Runs statements as superuser, names without a schema being of the scene's. */
    void postgres(String... statements) {
        List<String> all = new ArrayList<>(List.of("SET search_path = " + name + ", public"));
        all.addAll(List.of(statements));
        TestPostgres.server().run(all.toArray(String[]::new));
    }

    /** The first column of a query; names need their schema. */
    List<String> postgresTexts(String query) {
        return TestPostgres.server().texts(query);
    }

    /** Runs a statement and returns its result as text; names need their database. */
    String clickhouse(String statement) {
        return TestClickHouse.server().query(statement);
    }

    /** Expects a query's result in ClickHouse. */
    void holds(String expected, String query) {
        assertEquals(expected, clickhouse(query));
    }

    /** Writes the pipeline file, in which the tables are listed as YAML; a pipeline of one name completes what another run of it began. */
    void pipeline(String tables) {
        pipelineFile("pipeline: " + name + "\nsource: {env: POSTGRES, schema: " + name
                + "}\ntarget: {env: CLICKHOUSE, database: " + name + "}\ntables:\n" + tables.indent(2));
    }

    /** Writes the whole pipeline file. */
    void pipelineFile(String text) {
        try {
            Files.writeString(file(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file() {
        return folder.resolve("kinds.yml");
    }

    /** Sets a variable of the environment of the loads that follow. */
    Scene with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Ending load(String... options) {
        return run("load", options);
    }

    Ending verify(String... options) {
        return run("verify", options);
    }

    /** Runs a command on the pipeline file. */
    Ending run(String command, String... options) {
        List<String> line = new ArrayList<>(List.of(command, "--pipeline", file().toString()));
        line.addAll(Arrays.asList(options));
        return runAlone(line.toArray(String[]::new));
    }

    /** Starts a command on the pipeline file, as {@link #start} does. */
    Process startOnPipeline(String command, String... options) throws IOException {
        List<String> line = new ArrayList<>(List.of(command, "--pipeline", file().toString()));
        line.addAll(Arrays.asList(options));
        return start(line.toArray(String[]::new));
    }

    /** Runs a command line as it is. */
    Ending runAlone(String... arguments) {
        String command = "loader " + String.join(" ", arguments);
        try {
            Process process = start(arguments);
            int code = process.waitFor();
            return new Ending(
                    command, code, Files.readString(folder.resolve("out")), Files.readString(folder.resolve("err")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts the loader; its output goes to the files "out" and "err" of the folder. */
    Process start(String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(LOADER.toString()));
        line.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().putAll(environment);
        builder.redirectOutput(folder.resolve("out").toFile());
        builder.redirectError(folder.resolve("err").toFile());
        return builder.start();
    }

    /** Leaves the databases to the servers' end: a failed test may be looked into. */
    @Override
    public void close() throws IOException {
        try (var files = Files.walk(folder)) {
            files.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
        }
    }
}
