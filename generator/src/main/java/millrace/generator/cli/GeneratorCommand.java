package millrace.generator.cli;

import java.util.Arrays;
import java.util.List;
import millrace.contract.cli.Program;
import millrace.contract.failure.Failure;

/** The command line as a whole. */
public final class GeneratorCommand {
    private GeneratorCommand() {}

    /** Runs a command line and returns the exit code of the process. */
    public static int run(String[] arguments, Console console) {
        Program generator = new Program(
                "generator",
                "Makes the sample sources move: an order API, ads by the million, changes all the time.",
                List.of(
                        new ServeCommand(console),
                        new BatchCommand(console),
                        new CampaignsCommand(console),
                        EventsCommand.impressions(console),
                        EventsCommand.clicks(console),
                        new TrafficCommand(console)));
        return generator.run(
                Arrays.asList(arguments), console.out(), console.err(), (failure, said) -> report(failure, console));
    }

    private static void report(Failure failure, Console console) {
        console.err()
                .println("generator: " + failure.sentence() + "\n  " + failure.hint() + " (" + failure.code() + ")");
        if (console.environment().containsKey("GENERATOR_TRACE")) {
            failure.printStackTrace(console.err());
        }
    }
}
