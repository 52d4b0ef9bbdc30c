package millrace.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loader starts from its ahead-of-time cache, and just as well beside one that does not fit. */
@Tag("integration")
class AotCacheIT {
    @TempDir
    Path folder;

    private Path cache;

    @BeforeEach
    void copyTheLoader() throws IOException {
        for (String part : List.of("bin", "src/main/aot", "target/lib", "target/loader.jar")) {
            copy(Path.of(part), folder.resolve("loader").resolve(part));
        }
        copy(Path.of("../jdk"), folder.resolve("jdk"));
        cache = folder.resolve("loader/target/loader.aot");
    }

    @Test
    void aCacheIsMadeWithoutServersAndFits() throws Exception {
        Outcome made = run("bin/aot-cache");
        assertEquals(new Outcome(0, "", ""), made);
        assertTrue(Files.size(cache) > 1_000_000, "it holds the loader's classes");
        String used = run("bin/loader", "-XX:AOTMode=on", "--help").out();
        assertTrue(used.startsWith("Usage:"), used);
    }

    @Test
    void withoutACacheOrBesideOneThatDoesNotFitNothingIsSaidOfIt() throws Exception {
        Outcome plain = run("bin/loader", "", "--help");
        assertEquals(0, plain.code());
        assertTrue(run("bin/aot-cache").code() == 0);
        byte[] made = Files.readAllBytes(cache);
        Files.setLastModifiedTime(folder.resolve("loader/target/loader.jar"), FileTime.from(Instant.EPOCH));
        assertEquals(plain, run("bin/loader", "", "--help"), "of another build");
        for (byte[] other : List.of(new byte[0], new byte[100_000], Arrays.copyOf(made, made.length / 2))) {
            Files.write(cache, other);
            assertEquals(plain, run("bin/loader", "", "--help"), other.length + " bytes");
        }
    }

    /** Runs a script with what Java is told beside. */
    private Outcome run(String script, String options, String... arguments) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(folder.resolve("loader").resolve(script).toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("MILLRACE_HOME", folder.toString());
        if (!options.isEmpty()) {
            builder.environment().put("JDK_JAVA_OPTIONS", options);
        }
        Path err = folder.resolve("err");
        Process process = builder.redirectError(err.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes());
        return new Outcome(process.waitFor(), out, Files.readString(err));
    }

    private Outcome run(String script) throws Exception {
        return run(script, "");
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        try (var files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }

    private record Outcome(int code, String out, String err) {}
}
