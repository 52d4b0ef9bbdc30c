package millrace.loader.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A real PgBouncer before the Postgres of all tests. */
public final class TestPgBouncer implements AutoCloseable {
    /** Where Debian puts it, which is not on everybody's path. */
    private static final String PROGRAM = "/usr/sbin/pgbouncer";

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final int port = FreePort.find();
    private final Path folder;
    private final Process process;

    /**
     * @param mode session, transaction or statement
     * @param settings more lines of its configuration
     */
    public TestPgBouncer(String mode, String... settings) {
        try {
            folder = Files.createTempDirectory("millrace-pgbouncer");
            process = launch(configuration(mode, settings));
            awaitAnswer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path configuration(String mode, String... settings) throws IOException {
        Path users = folder.resolve("users.txt");
        Files.writeString(users, "\"postgres\" \"postgres\"\n");
        Path file = folder.resolve("pgbouncer.ini");
        Files.writeString(
                file,
                String.join(
                        "\n",
                        "[databases]",
                        "* = host=127.0.0.1 port=" + TestPostgres.server().port() + " user=postgres password=postgres",
                        "[pgbouncer]",
                        "listen_addr = 127.0.0.1",
                        "listen_port = " + port,
                        "unix_socket_dir =",
                        "auth_type = plain",
                        "auth_file = " + users,
                        "pool_mode = " + mode,
                        String.join("\n", settings),
                        ""));
        // It does not run as root, so another account reads these.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(users, PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        return file;
    }

    private Process launch(Path configuration) throws IOException {
        List<String> line = new ArrayList<>(List.of(PROGRAM));
        if (System.getProperty("user.name").equals("root")) {
            line.addAll(List.of("-u", "nobody"));
        }
        line.add(configuration.toString());
        return new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("pgbouncer.log").toFile())
                .start();
    }

    private void awaitAnswer() throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (process.isAlive() && Instant.now().isBefore(end)) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException e) {
                Thread.sleep(50);
            }
        }
        throw new IllegalStateException("PgBouncer did not start");
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
