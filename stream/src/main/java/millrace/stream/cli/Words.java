package millrace.stream.cli;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import millrace.contract.failure.Failure;
import millrace.contract.failure.Suggestion;

/**
 * What a command line says: a command, the pipeline, and whether the answer is to be JSON.
 *
 * @param query what a request to the follower is to say beside the tables
 */
record Words(String command, String pipeline, List<String> tables, Map<String, String> query, boolean json) {
    private static final List<String> COMMANDS = List.of(
            "check", "run", "status", "verify", "add", "recopy", "pause", "resume", "hold", "release", "recheck",
            "drop");
    private static final List<String> OPTIONS = List.of("--pipeline", "--table", "--seconds", "--until", "--json");
    private static final List<String> OF_TABLES = List.of("recopy", "pause", "resume");

    Words {
        requireNonNull(command, "command is null");
        requireNonNull(pipeline, "pipeline is null");
        tables = List.copyOf(tables);
        query = Map.copyOf(query);
    }

    static Words read(String[] arguments) {
        if (!COMMANDS.contains(arguments[0])) {
            throw wrong("There is no command \"" + arguments[0] + "\"; " + Suggestion.among(COMMANDS, arguments[0]));
        }
        String pipeline = "";
        List<String> tables = new ArrayList<>();
        Map<String, String> query = new HashMap<>();
        boolean json = false;
        for (int i = 1; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--json" -> json = true;
                case "--pipeline" -> pipeline = value(arguments, i++);
                case "--table" -> tables.add(value(arguments, i++));
                case "--seconds", "--until" -> query.put(arguments[i].substring(2), value(arguments, i++));
                default ->
                    throw wrong("There is no option " + arguments[i] + "; " + Suggestion.among(OPTIONS, arguments[i]));
            }
        }
        if (pipeline.isEmpty()) {
            throw wrong("--pipeline is missing.");
        }
        if (OF_TABLES.contains(arguments[0]) == tables.isEmpty()) {
            throw wrong(
                    tables.isEmpty()
                            ? "--table is missing: \"" + arguments[0] + "\" is about certain tables."
                            : "\"" + arguments[0] + "\" takes no --table.");
        }
        if (!query.isEmpty() && !arguments[0].equals("hold")) {
            throw wrong("\"" + arguments[0] + "\" takes no --seconds and no --until.");
        }
        return new Words(arguments[0], pipeline, tables, query, json);
    }

    private static String value(String[] arguments, int option) {
        if (option + 1 == arguments.length) {
            throw wrong(arguments[option] + " needs a value.");
        }
        return arguments[option + 1];
    }

    private static Failure wrong(String sentence) {
        return Failure.configuration("bad-command-line", sentence, "\"follow --help\" shows the usage.");
    }
}
