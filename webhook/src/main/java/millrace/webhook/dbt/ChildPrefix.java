package millrace.webhook.dbt;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What is put before the command of a child, where the system has it. setpriv asks the kernel to kill the child when its parent
 * dies. setsid keeps signals that are meant for the webhook's process group from it: the webhook ends dbt itself. env gives it back
 * the interrupt signal, which a process started in a script's background ignores: without it dbt could not end in good order.
 */
final class ChildPrefix {
    private static final List<List<String>> TOOLS = List.of(
            List.of("setpriv", "--pdeathsig", "KILL", "--"),
            List.of("setsid", "--"),
            List.of("env", "--default-signal=INT", "--"));
    private static final List<String> WORKING = working();

    private ChildPrefix() {}

    static List<String> words() {
        return WORKING;
    }

    /** Whether a child leads a process group of its own, under its own id. */
    static boolean leadsGroup() {
        return WORKING.contains("setsid");
    }

    private static List<String> working() {
        List<String> words = new ArrayList<>();
        for (List<String> tool : TOOLS) {
            if (works(tool)) {
                words.addAll(tool);
            }
        }
        return List.copyOf(words);
    }

    private static boolean works(List<String> tool) {
        List<String> command = new ArrayList<>(tool);
        command.add("true");
        try {
            Process probe = new ProcessBuilder(command)
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
