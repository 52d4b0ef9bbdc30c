package millrace.webhook.dbt;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What is put before the command of a child, where the system has it. setpriv asks the kernel to kill the child when its parent
 * dies. env gives the child back its interrupt signal, which a process started in a script's background ignores: without it dbt
 * could not end in good order.
 */
final class ChildPrefix {
    private static final List<String> WORKING = working();

    private ChildPrefix() {}

    static List<String> words() {
        return WORKING;
    }

    private static List<String> working() {
        List<String> words = new ArrayList<>();
        for (List<String> tool : List.of(
                List.of("setpriv", "--pdeathsig", "KILL", "--"), List.of("env", "--default-signal=INT", "--"))) {
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
