package millrace.webhook.warehouse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import millrace.contract.settings.ClickHouseSettings;
import millrace.service.Json;

/** Asks ClickHouse over HTTP, never for long. */
public final class Warehouse implements AutoCloseable {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(2);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    private static final int MAX_SENTENCE = 300;

    private final ClickHouseSettings settings;
    private final HttpClient http;

    /** @throws IOException when the certificates that the settings name cannot be used */
    public Warehouse(ClickHouseSettings settings) throws IOException {
        this.settings = requireNonNull(settings, "settings is null");
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_WITHIN);
        if (!settings.caFile().isEmpty()) {
            builder.sslContext(trusting(Path.of(settings.caFile())));
        }
        http = builder.build();
    }

    /**
     * The rows that a query gives, each an array of its values.
     *
     * @param sql a SELECT; {name:Type} stands for a parameter
     * @throws WarehouseFailure when there is no answer, or it is an error
     */
    public List<JsonNode> rows(String sql, Map<String, String> parameters) {
        List<JsonNode> rows = new ArrayList<>();
        String answer = ask(sql + " FORMAT JSONCompactEachRow", parameters);
        try {
            for (String line : answer.split("\n")) {
                if (!line.isBlank()) {
                    rows.add(Json.readTree(line.getBytes(UTF_8)));
                }
            }
        } catch (IOException e) {
            throw new WarehouseFailure(0, "ClickHouse's answer is cut off.");
        }
        return rows;
    }

    /** Carries a statement out. */
    public void execute(String sql, Map<String, String> parameters) {
        ask(sql, parameters);
    }

    private String ask(String sql, Map<String, String> parameters) {
        StringBuilder address = new StringBuilder(settings.url()).append("?max_execution_time=5");
        parameters.forEach((name, value) ->
                address.append("&param_").append(name).append('=').append(URLEncoder.encode(value, UTF_8)));
        String login = settings.user() + ":" + settings.password().value();
        HttpRequest request = HttpRequest.newBuilder(URI.create(address.toString()))
                .timeout(ANSWER_WITHIN)
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login.getBytes(UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString(sql))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString(UTF_8));
            if (response.statusCode() == 200) {
                return response.body();
            }
            throw new WarehouseFailure(code(response), sentence(response.body()));
        } catch (IOException e) {
            throw new WarehouseFailure(0, "ClickHouse does not answer at " + settings.url() + ".");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WarehouseFailure(0, "The question to ClickHouse was interrupted.");
        }
    }

    private static int code(HttpResponse<?> response) {
        return response.headers()
                .firstValue("X-ClickHouse-Exception-Code")
                .filter(code -> code.matches("[0-9]{1,5}"))
                .map(Integer::parseInt)
                .orElse(0);
    }

    private static String sentence(String body) {
        String text = body.strip();
        return "ClickHouse refuses: " + text.substring(0, Math.min(MAX_SENTENCE, text.length()));
    }

    private static SSLContext trusting(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca" + number++, each);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " holds no certificates in PEM", e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
