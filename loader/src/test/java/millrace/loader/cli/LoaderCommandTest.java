package millrace.loader.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import millrace.contract.cli.Arguments;
import millrace.loader.plan.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line itself; no command gets as far as a server. */
class LoaderCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        Servers none = new Servers(
                settings -> {
                    throw new AssertionError("no source is asked for");
                },
                settings -> {
                    throw new AssertionError("no sink is asked for");
                });
        return LoaderCommand.run(arguments, console(), none);
    }

    private Console console() {
        return new Console(stream(out), stream(err), Map.of("MILLRACE_PIPELINES", "nowhere"), false);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    @Test
    void showsEveryCommandToWhoeverAsks() {
        assertEquals(0, run("--help"));
        for (String command : new String[] {"init", "plan", "load", "snapshot", "verify"}) {
            assertTrue(out.toString().contains("\n " + command + " "), out.toString());
        }
    }

    @Test
    void saysWhichOneItIs() {
        assertEquals(0, run("--version"));
        assertTrue(out.toString().matches("loader .+, Java 25\\..+\n"), out.toString());
    }

    @Test
    void showsTheUsageToWhoeverSaysNothing() {
        assertEquals(2, run());
        assertTrue(err.toString().startsWith("Usage: loader"), err.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"init", "plan", "load", "snapshot", "verify"})
    void everyCommandExplainsItself(String command) {
        assertEquals(0, run(command, "--help"));
        assertTrue(out.toString().startsWith("Usage: loader " + command), out.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lod --pipeline x",
                "load",
                "load --pipeline",
                "load --pipeline x --tabel y",
                "load --pipeline x --retries many",
                "load --pipeline x --run-id a --run-id b",
                "load --pipeline x y",
                "load --pipeline x --shared-snapshot",
                "snapshot --pipeline x",
                "verify --pipeline x --sample all",
                "verify --pipeline x --shared-snapshot"
            })
    void refusesWhatItDoesNotKnow(String line) {
        assertEquals(2, run(line.split(" ")));
        assertTrue(err.toString().startsWith("millrace: "), err.toString());
        assertEquals(2, err.toString().lines().count(), err.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--retries many", "--snapshot-wait soon", "--run-id a --run-id b", "y"})
    void readsTheWholeLineBeforeItDoesAnything(String rest) {
        run(("load --pipeline x " + rest).split(" "));
        assertTrue(err.toString().contains("(bad-command-line)"), err.toString());
    }

    @Test
    void suggestsWhatMayHaveBeenMeant() {
        run("lod");
        run("load", "--tabel=x");
        assertTrue(err.toString().contains("no command \"lod\"; did you mean \"load\"?"), err.toString());
        assertTrue(err.toString().contains("no option --tabel; did you mean \"--table\"?"), err.toString());
    }

    @Test
    void takesValuesAsTheyAre() {
        Arguments arguments = Arguments.read(
                "loader load",
                new LoadCommand(console(), null).options(),
                List.of("--table", "\"Odd name\"", "--table=a=b", "--from", "-5", "--to", "7"));
        assertEquals(List.of("\"Odd name\"", "a=b"), TableFlags.of(arguments).tables());
        assertEquals(new Scope.Backfill("-5", "7"), ScopeOptions.scope(arguments));
    }

    @Test
    void reportsFailuresInBothForms() {
        assertEquals(2, run("load", "--pipeline", "x", "--json"));
        assertTrue(out.toString().contains("\"code\":\"no-such-pipeline\""), out.toString());
        assertTrue(err.toString().contains("There is no pipeline \"x\" in nowhere"), err.toString());
    }
}
