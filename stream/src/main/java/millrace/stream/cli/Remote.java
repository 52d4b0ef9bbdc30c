package millrace.stream.cli;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import millrace.contract.failure.Failure;
import millrace.stream.run.Setup;

/** Asks something of the pipeline's follower, which runs as another process of this machine. */
record Remote(Setup setup) {
    private static final int PATIENCE_MILLIS = 60_000;

    Remote {
        requireNonNull(setup, "setup is null");
    }

    /**
     * @param path of what is asked for
     * @return the answer, as JSON
     * @throws Failure when it is refused, or no follower runs
     */
    String post(String path, Map<String, String> query) {
        if (setup.options().port() == 0) {
            throw Failure.configuration(
                    "port-unknown",
                    "The follower's port is not known, as the pipeline file lets it take any free one.",
                    "Set a \"port\" under \"follow\", or send a POST to the address that the follower has logged.");
        }
        String parameters = query.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        try {
            HttpURLConnection request = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + setup.options().port() + path + "?" + parameters)
                            .toURL()
                            .openConnection();
            request.setRequestMethod("POST");
            request.setReadTimeout(PATIENCE_MILLIS);
            int status = request.getResponseCode();
            boolean isDone = status == HttpURLConnection.HTTP_OK;
            String answer;
            try (InputStream in = isDone ? request.getInputStream() : request.getErrorStream()) {
                answer = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
            }
            if (isDone) {
                return answer;
            }
            throw Failure.running(
                    JsonText.field(answer, "code"), JsonText.field(answer, "sentence"), JsonText.field(answer, "hint"));
        } catch (IOException e) {
            throw Failure.unreachable(
                    "no-follower",
                    "No follower of " + setup.pipeline() + " answers on port "
                            + setup.options().port() + ".",
                    "\"follow run\" starts it; what the pipeline file says holds from then on.",
                    e);
        }
    }
}
