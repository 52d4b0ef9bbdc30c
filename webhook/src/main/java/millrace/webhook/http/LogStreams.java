package millrace.webhook.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import millrace.service.Problem;
import millrace.service.Problems;
import millrace.service.Refusal;
import millrace.service.Refusal.Kind;
import millrace.webhook.run.Run;
import millrace.webhook.run.RunId;
import millrace.webhook.run.RunLog;
import millrace.webhook.security.Scope;
import millrace.webhook.security.Tokens;
import millrace.webhook.service.Runs;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/**
 * Logs as they are written, as server-sent events: a line each, whose id is the offset behind it. A client that comes back with
 * Last-Event-ID goes on there. No thread waits for a client, or for a line.
 */
final class LogStreams extends Handler.Wrapper {
    private static final Pattern PATH = Pattern.compile("/api/v1/runs/([^/]+)/logs/stream");
    private static final int MAX = 200;
    private static final int MAX_BYTES = 64 * 1024;
    private static final Duration PAUSE = Duration.ofMillis(250);
    /** Tells proxies and clients that the connection is alive. */
    private static final int PAUSES_TO_A_SIGN = 60;

    private final Runs runs;
    private final Tokens tokens;
    private final Problems problems;
    private final ScheduledExecutorScheduler scheduler = new ScheduledExecutorScheduler("streams", true);
    private final Set<Stream> streams = ConcurrentHashMap.newKeySet();

    LogStreams(Runs runs, Tokens tokens, Problems problems) {
        this.runs = requireNonNull(runs, "runs is null");
        this.tokens = requireNonNull(tokens, "tokens is null");
        this.problems = requireNonNull(problems, "problems is null");
        installBean(scheduler);
    }

    /** Whether an address is that of a stream. */
    static boolean isStream(String path) {
        return path.endsWith("/logs/stream");
    }

    /** Ends all of them: the webhook is about to stop. */
    void end() {
        streams.forEach(Stream::end);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Matcher path = PATH.matcher(request.getHttpURI().getCanonicalPath());
        if (!request.getMethod().equals("GET") || !path.matches()) {
            return super.handle(request, response, callback);
        }
        Optional<Problem> problem = problem(request, path.group(1));
        if (problem.isPresent()) {
            if (problem.get().status() == 401) {
                response.getHeaders().put("WWW-Authenticate", Guard.CHALLENGE);
            }
            problems.answer(request, response, callback, problem.get());
            return true;
        }
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
        Stream stream = new Stream(new RunId(path.group(1)), offset(request), response, callback);
        streams.add(stream);
        stream.next();
        return true;
    }

    private Optional<Problem> problem(Request request, String id) {
        try {
            Guard.check(tokens, request.getHeaders().get(HttpHeader.AUTHORIZATION), Scope.READ);
            RunView.find(runs, id);
            return streams.size() < MAX
                    ? Optional.empty()
                    : Optional.of(new Refusal(
                                    Kind.UNAVAILABLE,
                                    "too_many_streams",
                                    MAX + " logs are being followed already.",
                                    "Poll the log instead: GET /api/v1/runs/" + id + "/logs?offset=N")
                            .problem());
        } catch (Refusal refusal) {
            return Optional.of(refusal.problem());
        }
    }

    private static long offset(Request request) {
        String last = request.getHeaders().get("Last-Event-ID");
        if (last == null) {
            Fields.Field field = Request.extractQueryParameters(request).get("offset");
            last = field == null ? "" : field.getValue();
        }
        return last.matches("[0-9]{1,18}") ? Long.parseLong(last) : 0;
    }

    private final class Stream implements Callback {
        private final RunId run;
        private final Response response;
        private final Callback callback;
        private long offset;
        private int pauses;
        private volatile boolean isToEnd;
        private boolean isLast;

        Stream(RunId run, long offset, Response response, Callback callback) {
            this.run = run;
            this.offset = offset;
            this.response = response;
            this.callback = callback;
        }

        /** Sends what there is, or looks again in a moment. */
        void next() {
            try {
                // Asked before the log is read, so that a log called whole is the whole log.
                boolean ended = runs.hasEnded(run);
                RunLog.Piece piece = RunLog.read(runs.folder(run).log(), offset, MAX_BYTES, ended);
                if (piece.bytes().length > 0) {
                    write(lines(piece));
                } else if (ended || isToEnd) {
                    isLast = true;
                    write("event: end\ndata: " + state(ended) + "\n\n");
                } else if (++pauses % PAUSES_TO_A_SIGN == 0) {
                    write(":\n\n");
                } else {
                    scheduler.schedule(this::next, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
                }
            } catch (IOException | RuntimeException e) {
                failed(e);
            }
        }

        /** The state in which the run has ended; empty when the stream is ended before it. */
        private String state(boolean ended) {
            return ended ? runs.find(run).map(Run::state).map(it -> it.word()).orElse("") : "";
        }

        void end() {
            isToEnd = true;
        }

        private String lines(RunLog.Piece piece) {
            StringBuilder events = new StringBuilder();
            int start = 0;
            byte[] bytes = piece.bytes();
            for (int end = 0; end < bytes.length; end++) {
                if (bytes[end] == '\n' || end == bytes.length - 1) {
                    String line = new String(bytes, start, end + 1 - start, UTF_8);
                    long behind = piece.next() - bytes.length + end + 1;
                    events.append("id: ").append(behind).append("\ndata: ");
                    events.append(line.strip().isEmpty() ? "" : line.replaceAll("[\r\n]+", ""))
                            .append("\n\n");
                    start = end + 1;
                }
            }
            offset = piece.next();
            return events.toString();
        }

        private void write(String text) {
            response.write(isLast, ByteBuffer.wrap(text.getBytes(UTF_8)), this);
        }

        @Override
        public void succeeded() {
            if (isLast) {
                streams.remove(this);
                callback.succeeded();
            } else {
                scheduler.schedule(this::next, 1, TimeUnit.MILLISECONDS);
            }
        }

        @Override
        public void failed(Throwable reason) {
            streams.remove(this);
            callback.failed(reason);
        }
    }
}
