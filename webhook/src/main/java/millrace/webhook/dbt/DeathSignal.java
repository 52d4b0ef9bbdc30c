package millrace.webhook.dbt;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Asks the kernel to kill a child when its parent dies, through util-linux's setpriv. */
final class DeathSignal {
    private static final List<String> SETPRIV = List.of("setpriv", "--pdeathsig", "KILL", "--");
    private static final List<String> PREFIX = works() ? SETPRIV : List.of();

    private DeathSignal() {}

    /** What to put before a command; empty where the system has no such setpriv. */
    static List<String> prefix() {
        return PREFIX;
    }

    private static boolean works() {
        try {
            Process probe = new ProcessBuilder("setpriv", "--pdeathsig", "KILL", "--", "true")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return probe.waitFor(5, TimeUnit.SECONDS) && probe.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
