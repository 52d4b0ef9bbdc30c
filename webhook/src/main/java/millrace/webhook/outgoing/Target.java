package millrace.webhook.outgoing;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import millrace.service.Digest;

/**
 * Who is told of runs. Its address may be a secret, as Slack's are: only {@link #shown} is for logs and answers.
 *
 * @param form how a message is written
 */
public record Target(URI address, Form form) {
    private static final String SLACK = "slack:";
    private static final int KEY_DIGITS = 12;

    /** The forms of a message. */
    public enum Form {
        /** As Standard Webhooks 1.0.0 has it, signed. */
        STANDARD,
        /** A text, as Slack and Mattermost take it. */
        SLACK
    }

    public Target {
        requireNonNull(address, "address is null");
        requireNonNull(form, "form is null");
    }

    /** Reads an address of http or https, after {@code slack:} for that form; empty for anything else. */
    public static Optional<Target> parse(String text) {
        boolean isSlack = text.startsWith(SLACK);
        try {
            URI address = new URI(isSlack ? text.substring(SLACK.length()) : text);
            boolean isUsable = ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
                    && address.getHost() != null
                    && address.getRawUserInfo() == null
                    && address.getRawFragment() == null;
            return isUsable ? Optional.of(new Target(address, isSlack ? Form.SLACK : Form.STANDARD)) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** By which deliveries find it again after a restart, and which tells nothing of the address. */
    public String key() {
        return Digest.sha256(form + " " + address).substring(0, KEY_DIGITS);
    }

    /** The address without what may be secret in it. */
    public String shown() {
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        return address.getScheme() + "://" + address.getHost() + port + "/…";
    }
}
