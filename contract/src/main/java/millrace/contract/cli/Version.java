package millrace.contract.cli;

import java.util.Optional;

/** What a program says of itself to whoever asks which one it is. */
public final class Version {
    private Version() {}

    /** Such as "loader 0.1.0, Java 25.0.1+8"; classes that are in no jar have no version. */
    public static String of(String program) {
        String version = Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
        return program + " " + version + ", Java " + Runtime.version();
    }
}
