package millrace.stream;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import millrace.loader.servers.FreePort;
import millrace.loader.servers.TestClickHouse;
import millrace.loader.servers.TestPostgres;

/** A schema of Postgres, a database of ClickHouse, and followers between them. */
final class Scene implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 60_000;

    final TestPostgres postgres;
    final TestClickHouse clickhouse;
    private final String name;
    private int port = FreePort.find();
    private String tables = "";
    private String options = "";
    private final Path pipeline;
    private final Map<String, String> environment = new HashMap<>();
    private final List<Process> processes = new ArrayList<>();
    private final List<Follower> followers = new ArrayList<>();
    private HttpClient client;

    /** @param tables the list under "tables" of the pipeline file, as YAML */
    Scene(String name, String tables) {
        this(name, tables, TestPostgres.server(), TestClickHouse.server());
    }

    Scene(String name, String tables, TestPostgres postgres, TestClickHouse clickhouse) {
        this.name = name;
        this.postgres = postgres;
        this.clickhouse = clickhouse;
        try {
            pipeline = Files.createTempFile("follow", ".yml");
            pipeline.toFile().deleteOnExit();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        write(tables);
        environment.putAll(Map.of(
                "POSTGRES_HOST", "127.0.0.1",
                "POSTGRES_PORT", "" + postgres.port(),
                "POSTGRES_DB", "postgres",
                "POSTGRES_USER", "postgres",
                "POSTGRES_PASSWORD", "postgres",
                "CLICKHOUSE_HOST", "127.0.0.1",
                "CLICKHOUSE_HTTP_PORT", "" + clickhouse.port(),
                "CLICKHOUSE_USER", TestClickHouse.USER,
                "CLICKHOUSE_PASSWORD", TestClickHouse.PASSWORD));
        postgres.run(
                "DROP SCHEMA IF EXISTS " + name + " CASCADE",
                "CREATE SCHEMA " + name,
                "DROP PUBLICATION IF EXISTS millrace_" + name);
    }

    /** @param more under "follow", as in ", resync: ask" */
    void follow(String more, String list) {
        options = more;
        write(list);
    }

    /** Lets the next followers take any free port. */
    void takeAnyPort() {
        port = 0;
        write(tables);
    }

    void write(String tables) {
        this.tables = tables;
        try {
            Files.writeString(
                    pipeline,
                    "pipeline: " + name + "\nsource: {env: POSTGRES, schema: " + name
                            + "}\ntarget: {env: CLICKHOUSE, database: " + name + "}\nfollow: {port: " + port
                            + options + "}\ntables:\n"
                            + tables.indent(2));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names within the schema. */
    Scene publish(String... tables) {
        postgres.run("CREATE PUBLICATION millrace_" + name + " FOR TABLE "
                + Arrays.stream(tables).map(table -> name + "." + table).collect(Collectors.joining(", ")));
        return this;
    }

    record Result(int exitCode, String out, String err) {}

    /** Runs a command of the follower in this process. */
    Result run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> words = new ArrayList<>(Arrays.asList(arguments));
        words.addAll(List.of("--pipeline", pipeline.toString()));
        int exitCode = Main.run(words.toArray(String[]::new), environment, stream(out), stream(err));
        return new Result(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    /** What the loader's verify says. */
    Result verify() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int exitCode = millrace.loader.Main.run(
                new String[] {"verify", "--pipeline", pipeline.toString()},
                environment,
                stream(out),
                stream(out),
                false);
        return new Result(exitCode, out.toString(StandardCharsets.UTF_8), "");
    }

    /** A follower as a process of its own, whose log is read as it comes. */
    final class Follower {
        private final Process process;
        private final BufferedReader lines;
        private final StringBuilder log = new StringBuilder();
        private String url = "";

        private Follower(Process process) {
            this.process = process;
            lines = process.errorReader();
        }

        /** Reads the log up to a line with this beginning. */
        String awaitLine(String beginning) {
            try {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    log.append(line).append('\n');
                    if (line.startsWith(beginning)) {
                        return line;
                    }
                }
                throw new AssertionError("the follower ended before \"" + beginning + "\":\n" + log);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Follower awaitStart() {
            String line = awaitLine("millrace: following");
            url = line.substring(line.indexOf("http"), line.indexOf("/status"));
            Thread rest = new Thread(() -> lines.lines().forEach(each -> {
                synchronized (log) {
                    log.append(each).append('\n');
                }
            }));
            rest.setDaemon(true);
            rest.start();
            return this;
        }

        String log() {
            synchronized (log) {
                return log.toString();
            }
        }

        /** Waits until its log has a text. */
        void awaitLog(String text) {
            Scene.await(() -> log().contains(text), this::log);
        }

        HttpResponse<String> get(String path) {
            return send(HttpRequest.newBuilder(URI.create(url + path)).build());
        }

        HttpResponse<String> post(String path) {
            return send(HttpRequest.newBuilder(URI.create(url + path))
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build());
        }

        private HttpResponse<String> send(HttpRequest request) {
            try {
                if (client == null) {
                    client = HttpClient.newHttpClient();
                }
                return client.send(request, HttpResponse.BodyHandlers.ofString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Waits until its status holds a text. */
        void awaitStatus(String text) {
            Scene.await(
                    () -> get("/status").body().contains(text),
                    () -> "status " + get("/status").body() + log());
        }

        void kill() {
            try {
                process.destroyForcibly().waitFor();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        Process process() {
            return process;
        }
    }

    Follower follow(String... javaOptions) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of("-Xmx96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        line.addAll(Arrays.asList(javaOptions));
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        line.addAll(List.of("run", "--pipeline", pipeline.toString()));
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            processes.add(process);
            Follower follower = new Follower(process);
            followers.add(follower);
            return follower;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until everything is in ClickHouse that has been committed. The table "sync" must be followed. */
    void sync() {
        String before = postgres.texts("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn")
                .get(0);
        postgres.run("INSERT INTO " + name + ".sync VALUES (1) ON CONFLICT (id) DO UPDATE SET id = excluded.id");
        await(
                () -> clickhouse
                                .query("SELECT count() FROM millrace.stream_positions WHERE pipeline = '" + name
                                        + "' AND applied > toUInt64('" + before + "')")
                                .compareTo("0")
                        > 0,
                () -> "the position has not reached " + before + told());
    }

    /** Waits for the first copy to be complete. */
    void awaitCopy() {
        await(
                () -> clickhouse
                                .query(
                                        "SELECT count() FROM system.tables WHERE database = 'millrace' AND name = 'stream_positions'")
                                .equals("1")
                        && !clickhouse
                                .query("SELECT count() FROM millrace.stream_positions WHERE pipeline = '" + name
                                        + "' AND applied > 0")
                                .equals("0"),
                () -> "there is no position");
    }

    private String told() {
        return followers.stream()
                .filter(follower -> follower.process().isAlive())
                .map(follower -> "\n"
                        + (follower.url.isEmpty() ? "" : follower.get("/status").body()) + follower.log())
                .collect(Collectors.joining());
    }

    interface Condition {
        boolean holds();
    }

    static void await(Condition condition, java.util.function.Supplier<String> otherwise) {
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(otherwise.get());
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    String slot() {
        return "millrace_" + name;
    }

    @Override
    public void close() {
        processes.forEach(process -> process.destroyForcibly());
        for (Process process : processes) {
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        await(
                () -> postgres.texts("SELECT 1 FROM pg_replication_slots WHERE active AND slot_name = '" + slot() + "'")
                        .isEmpty(),
                () -> "the slot is still in use");
        postgres.run("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '" + slot()
                + "'");
    }
}
