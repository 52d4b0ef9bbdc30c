package millrace.loader.clickhouse;

import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import millrace.contract.failure.Causes;
import millrace.contract.failure.Failure;
import millrace.contract.settings.ClickHouseSettings;

/** Says in a sentence what ClickHouse complains about. */
final class ClickHouseFailure {
    private static final String UNKNOWN_DATABASE = "81";
    private static final String ACCESS_DENIED = "497";
    private static final String AUTHENTICATION_FAILED = "516";
    /** Too many queries or parts, timeouts, a server that shuts down, a keeper that is away (ClickHouse, ErrorCodes.cpp). */
    private static final Set<String> PASSING =
            Set.of("202", "209", "210", "225", "236", "242", "252", "279", "319", "999");

    private static final int LONGEST = 600;

    private ClickHouseFailure() {}

    static Failure unreachable(ClickHouseSettings settings, Exception e) {
        String env = settings.env();
        Optional<SSLException> tls = settings.secure() ? Causes.find(e, SSLException.class) : Optional.empty();
        if (tls.isPresent() && Causes.find(e, EOFException.class).isEmpty()) {
            return untrusted(settings, tls.get());
        }
        return Failure.unreachable(
                "clickhouse-unreachable",
                "ClickHouse does not answer at " + settings.host() + ":" + settings.port() + ".",
                "Is it running? Check " + env + "_HOST and " + env + "_HTTP_PORT.",
                e);
    }

    private static Failure untrusted(ClickHouseSettings settings, SSLException e) {
        boolean handshake = e instanceof SSLHandshakeException || e instanceof SSLPeerUnverifiedException;
        return Failure.configuration(
                "clickhouse-tls",
                "There is no trusted connection to ClickHouse at " + settings.host() + ":" + settings.port() + ": "
                        + Causes.innermost(e) + ".",
                handshake
                        ? "Check that " + settings.env() + "_CA_FILE holds the authority that signed the server's"
                                + " certificate, and that the certificate is for this host."
                        : "Is this the port for TLS? Check " + settings.env() + "_HTTP_PORT and " + settings.env()
                                + "_SECURE.");
    }

    /** It took the connection, and ended it before it had said anything. */
    static Failure silent(ClickHouseSettings settings, IOException e) {
        String env = settings.env();
        return Failure.unready(
                "clickhouse-unready",
                "What takes connections at " + settings.host() + ":" + settings.port()
                        + " closed one without an answer; is ClickHouse starting or restarting there?",
                "If not, check " + env + "_HOST and " + env + "_HTTP_PORT, usually 8123; over TLS, usually 8443, set "
                        + env + "_SECURE=true.",
                e);
    }

    /**
     * Something else listens there.
     *
     * @param how it answered, as a part of a sentence that begins with a space; may be empty
     */
    static Failure stranger(ClickHouseSettings settings, String how, IOException e) {
        String env = settings.env();
        return Failure.unreachable(
                "not-clickhouse",
                "What answers at " + settings.host() + ":" + settings.port() + how
                        + " is not ClickHouse's HTTP interface.",
                "Check " + env + "_HOST and " + env + "_HTTP_PORT, usually 8123; over TLS, usually 8443, set " + env
                        + "_SECURE=true.",
                e);
    }

    /** @param answer with the HTTP status, empty when there was none */
    static Failure brokenOff(String answer, IOException e) {
        String hint = "Nothing was published. Look at ClickHouse's log, then run again.";
        return answer.isEmpty()
                ? Failure.passing(
                        "clickhouse-broken-off",
                        "The connection to ClickHouse broke while data was on its way.",
                        hint,
                        e)
                : Failure.running(
                        "clickhouse-broken-off",
                        "ClickHouse broke off while data was on its way: " + sentence(answer),
                        hint,
                        e);
    }

    /** An answer that is not ClickHouse's own, but that of a proxy which cannot reach it. */
    static Failure proxy(int status) {
        return Failure.passing(
                "clickhouse-unreachable",
                "What stands before ClickHouse answers with HTTP status " + status + ".",
                "Is ClickHouse running?",
                null);
    }

    /**
     * What the server refuses.
     *
     * @param code the server's error number, null when it sent none
     * @param status of HTTP
     */
    static Failure of(ClickHouseSettings settings, String code, int status, String answer) {
        String http = " HTTP status " + status + (code == null ? "." : ", code " + code + ".");
        return switch (code == null ? "" : code) {
            case AUTHENTICATION_FAILED ->
                Failure.configuration(
                        "clickhouse-login",
                        "ClickHouse refuses the user \"" + settings.user() + "\" or the password.",
                        "Check " + settings.env() + "_USER and " + settings.env() + "_PASSWORD." + http);
            case UNKNOWN_DATABASE ->
                Failure.running(
                        "not-initialised",
                        "ClickHouse lacks a database: " + sentence(answer),
                        "Run \"loader init\" with the same pipeline first." + http);
            case ACCESS_DENIED ->
                Failure.running(
                        "clickhouse-privilege",
                        "ClickHouse denies the user \"" + settings.user() + "\" what a load needs: " + sentence(answer),
                        grant(settings, answer) + http);
            default -> failed(code, "ClickHouse failed: " + sentence(answer), http);
        };
    }

    /** The server names what is missing. */
    private static String grant(ClickHouseSettings settings, String answer) {
        Matcher named =
                Pattern.compile("have the grant (.+? ON \\S+?)[.,]?(?: |$)").matcher(sentence(answer));
        return named.find()
                ? "Let an administrator say: GRANT " + named.group(1) + " TO `"
                        + settings.user().replace("`", "\\`")
                        + "`. A load needs CREATE, INSERT, SELECT, ALTER and DROP on the databases of the pipeline."
                : "Grant it CREATE, INSERT, SELECT, ALTER and DROP on the databases of the pipeline.";
    }

    private static Failure failed(String code, String sentence, String http) {
        String hint = "Nothing was published. Look at ClickHouse's log for more." + http;
        return PASSING.contains(code == null ? "" : code)
                ? Failure.passing("clickhouse-error", sentence, hint, null)
                : Failure.running("clickhouse-error", sentence, hint);
    }

    /** The first line, without the version that every message ends with. */
    static String sentence(String answer) {
        String line = answer.lines().findFirst().orElse("it did not say why.").replaceAll(" \\(version .*\\)$", "");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
