package millrace.stream.cli;

import static java.util.Objects.requireNonNull;

import java.util.List;
import millrace.contract.failure.Failure;
import millrace.contract.failure.Suggestion;

/** What a command line says: a command, the pipeline, and whether the answer is to be JSON. */
record Words(String command, String pipeline, boolean json) {
    private static final List<String> COMMANDS = List.of("check", "run", "status", "drop");
    private static final List<String> OPTIONS = List.of("--pipeline", "--json");

    Words {
        requireNonNull(command, "command is null");
        requireNonNull(pipeline, "pipeline is null");
    }

    static Words read(String[] arguments) {
        if (!COMMANDS.contains(arguments[0])) {
            throw wrong("There is no command \"" + arguments[0] + "\"; " + Suggestion.among(COMMANDS, arguments[0]));
        }
        String pipeline = "";
        boolean json = false;
        for (int i = 1; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--json" -> json = true;
                case "--pipeline" -> {
                    if (++i == arguments.length) {
                        throw wrong("--pipeline needs a value.");
                    }
                    pipeline = arguments[i];
                }
                default ->
                    throw wrong("There is no option " + arguments[i] + "; " + Suggestion.among(OPTIONS, arguments[i]));
            }
        }
        if (pipeline.isEmpty()) {
            throw wrong("--pipeline is missing.");
        }
        return new Words(arguments[0], pipeline, json);
    }

    private static Failure wrong(String sentence) {
        return Failure.configuration("bad-command-line", sentence, "\"follow --help\" shows the usage.");
    }
}
