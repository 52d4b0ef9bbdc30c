package millrace.generator;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import millrace.generator.cli.Console;
import millrace.generator.cli.GeneratorCommand;

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
        return GeneratorCommand.run(arguments, new Console(out, err, environment, terminal));
    }
}
