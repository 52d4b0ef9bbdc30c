package millrace.loader;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import millrace.loader.cli.Console;
import millrace.loader.cli.LoaderCommand;
import millrace.loader.cli.Servers;
import millrace.loader.clickhouse.ClickHouseSink;
import millrace.loader.postgres.PostgresSource;

/** Wires the parts together. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        boolean terminal = Boolean.getBoolean("millrace.terminal");
        System.exit(run(arguments, System.getenv(), utf8(FileDescriptor.out), utf8(FileDescriptor.err), terminal));
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** Runs one command in this process and returns its exit code. */
    public static int run(
            String[] arguments, Map<String, String> environment, PrintStream out, PrintStream err, boolean terminal) {
        Console console = new Console(out, err, environment, terminal);
        return LoaderCommand.run(arguments, console, new Servers(PostgresSource::new, ClickHouseSink::new));
    }
}
