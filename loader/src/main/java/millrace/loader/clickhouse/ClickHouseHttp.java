package millrace.loader.clickhouse;

import static java.util.Objects.requireNonNull;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import millrace.contract.failure.Failure;
import millrace.contract.settings.ClickHouseSettings;
import millrace.loader.run.RowWriter;

/** ClickHouse's HTTP interface. Safe for use by several threads. */
public final class ClickHouseHttp {
    private static final int CHUNK = 1 << 18;
    private static final int DEFAULT_ROOM = 1 << 17;
    private static final int CONNECT_MILLIS = 10_000;

    /** Bytes of a statement that stays below every limit of a server as it comes. */
    private static final int DEFAULT_QUERY = 100_000;

    private final ClickHouseSettings settings;
    /** Null where Java's own checks are all that is needed. */
    private final ClickHouseTls tls;

    /** Whether this has turned out to be a ClickHouse server. */
    private volatile boolean answered;

    private final Set<HttpURLConnection> active = ConcurrentHashMap.newKeySet();

    public ClickHouseHttp(ClickHouseSettings settings) {
        this.settings = requireNonNull(settings, "settings is null");
        tls = settings.secure() && !settings.caFile().isEmpty() ? new ClickHouseTls(settings) : null;
    }

    /** Runs one statement and returns its whole result, TabSeparated unless the statement names a format. */
    public String query(String statement) {
        byte[] body = statement.getBytes(StandardCharsets.UTF_8);
        HttpURLConnection request = request("wait_end_of_query=1" + room(body.length));
        request.setFixedLengthStreamingMode(body.length);
        return exchange(request, out -> out.write(body));
    }

    /** Runs a statement that may be longer, and name more columns, than the server usually takes. */
    String queryAtLength(String statement) {
        byte[] body = statement.getBytes(StandardCharsets.UTF_8);
        // A user who may not change settings gets by without, where the statement is short.
        String limits = body.length < DEFAULT_QUERY
                ? ""
                : "&max_query_size=" + 2L * body.length
                        + "&max_ast_elements=1000000&max_expanded_ast_elements=10000000";
        HttpURLConnection request = request("wait_end_of_query=1" + limits);
        request.setFixedLengthStreamingMode(body.length);
        return exchange(request, out -> out.write(body));
    }

    /** Streams rows into an INSERT statement. It travels before them, as proxies and servers let no URL be long. */
    public void insert(String statement, RowWriter rows) {
        byte[] head = (statement + "\n").getBytes(StandardCharsets.UTF_8);
        HttpURLConnection request = request(room(head.length));
        request.setChunkedStreamingMode(CHUNK);
        String answer = exchange(request, out -> {
            out.write(head);
            rows.writeTo(out);
        });
        if (!answer.isBlank()) {
            throw ClickHouseFailure.of(settings, null, HttpURLConnection.HTTP_OK, answer);
        }
    }

    /** The server reads a statement of up to 262,144 bytes unless it is told of a longer one. */
    private static String room(int bytes) {
        return bytes < DEFAULT_ROOM ? "" : "&max_query_size=" + 2L * bytes;
    }

    /** Breaks off every request under way. */
    public void cancel() {
        active.forEach(HttpURLConnection::disconnect);
    }

    private HttpURLConnection request(String parameters) {
        try {
            HttpURLConnection request = (HttpURLConnection)
                    URI.create(settings.url() + "?" + parameters).toURL().openConnection();
            if (tls != null) {
                tls.secure(request);
            }
            request.setRequestMethod("POST");
            request.setDoOutput(true);
            request.setConnectTimeout(CONNECT_MILLIS);
            request.setRequestProperty("Content-Type", "application/octet-stream");
            request.setRequestProperty("Authorization", "Basic " + login());
            return request;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In Base64, as a header of its own would lose spaces at the ends and all that is not ASCII. */
    private String login() {
        String login = settings.user() + ":" + settings.password().value();
        return Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }

    private String exchange(HttpURLConnection request, RowWriter body) {
        active.add(request);
        try {
            connect(request);
            try (OutputStream out = new BufferedOutputStream(request.getOutputStream(), CHUNK)) {
                body.writeTo(out);
            } catch (IOException e) {
                // The server may have answered before it had read everything: its answer says more than a broken pipe.
                throw ClickHouseFailure.brokenOff(answer(request), e);
            } catch (RuntimeException e) {
                request.disconnect();
                throw e;
            }
            return result(request);
        } finally {
            active.remove(request);
        }
    }

    private void connect(HttpURLConnection request) {
        try {
            request.connect();
        } catch (IOException e) {
            throw ClickHouseFailure.unreachable(settings, e);
        }
    }

    private String result(HttpURLConnection request) {
        try {
            int status = request.getResponseCode();
            boolean own = request.getHeaderFields().keySet().stream().anyMatch(ClickHouseHttp::isOwn);
            answered |= own;
            String code = request.getHeaderField("X-ClickHouse-Exception-Code");
            if (status == HttpURLConnection.HTTP_OK && own) {
                String answer = text(request.getInputStream());
                if (code != null) {
                    throw ClickHouseFailure.of(settings, code, status, answer);
                }
                return answer;
            }
            if (code == null && status >= HttpURLConnection.HTTP_BAD_GATEWAY) {
                throw ClickHouseFailure.proxy(status);
            }
            if (!own) {
                throw ClickHouseFailure.stranger(settings, ", with HTTP status " + status + ",", null);
            }
            throw ClickHouseFailure.of(settings, code, status, answer(request));
        } catch (IOException e) {
            throw answered ? ClickHouseFailure.brokenOff("", e) : unanswered(e);
        }
    }

    /** HTTP knows of no end before the answer; other answers it calls invalid, or a status of -1. */
    private Failure unanswered(IOException e) {
        boolean isSilent = e instanceof SocketException && !(e instanceof ConnectException);
        return isSilent ? ClickHouseFailure.silent(settings, e) : ClickHouseFailure.stranger(settings, "", e);
    }

    private static boolean isOwn(String header) {
        return header != null && header.regionMatches(true, 0, "X-ClickHouse-", 0, 13);
    }

    private static String answer(HttpURLConnection request) {
        try (InputStream error = request.getErrorStream()) {
            return error == null ? "" : text(error).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private static String text(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
}
