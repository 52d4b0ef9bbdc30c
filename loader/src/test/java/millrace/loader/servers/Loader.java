package millrace.loader.servers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import millrace.loader.Main;

/** Runs the loader on the servers of the tests, within this process or as one of its own. */
public final class Loader {
    private final Map<String, String> environment = new HashMap<>();
    private final String schema;
    private final Path pipeline;

    /** @param tables the list under "tables" of the pipeline file, as YAML */
    public Loader(String schema, String tables) {
        this.schema = schema;
        pipeline = temporaryFile();
        rewrite(tables);
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
        run("init");
    }

    private static Path temporaryFile() {
        try {
            Path file = Files.createTempFile("pipeline", ".yml");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lists other tables in the pipeline file. */
    public void rewrite(String tables) {
        try {
            Files.writeString(
                    pipeline,
                    "pipeline: test\nsource: {env: POSTGRES, schema: " + schema
                            + "}\ntarget: {env: CLICKHOUSE, database: raw}\ntables:\n" + tables.indent(2));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same loader with another environment variable. */
    public Loader with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** How a command ended. */
    public record Result(int exitCode, String out, String err) {}

    public Result run(String command, String... options) {
        return runAlone(arguments(command, options));
    }

    /** Runs a command line as it is, without the pipeline file. */
    public Result runAlone(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = Main.run(arguments, environment, stream(out), stream(err), false);
        return new Result(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private String[] arguments(String command, String... options) {
        List<String> arguments = new ArrayList<>(List.of(command, "--pipeline", pipeline.toString()));
        arguments.addAll(Arrays.asList(options));
        return arguments.toArray(String[]::new);
    }

    /** Loads everything and returns what went to standard error; anything but success is a failure of the test. */
    public String load() {
        Result result = run("load");
        if (result.exitCode() != 0) {
            throw new AssertionError(result.err());
        }
        return result.err();
    }

    /** Starts a command as a process of its own, with Java options. Its output goes to the test's. */
    public Process start(List<String> javaOptions, String command, String... options) throws IOException {
        // A shell that starts tests in the background has them, and all their children, ignore SIGINT.
        List<String> line = new ArrayList<>(List.of("env", "--default-signal=INT"));
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(javaOptions);
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        line.addAll(Arrays.asList(arguments(command, options)));
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().putAll(environment);
        return builder.start();
    }
}
