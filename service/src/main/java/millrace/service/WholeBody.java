package millrace.service;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToIntFunction;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Hands a request on when its whole body is there, so that a body that comes slowly, or never, holds no thread; and gives the
 * whole of it, not each of its bytes, a deadline.
 */
final class WholeBody extends Handler.Wrapper {
    /** So much is read of a body that is too large: closed with bytes unread, a connection is reset, and its answer lost. */
    private static final int MAX_DISCARDED = 1 << 20;

    private final ToIntFunction<String> bounds;
    private final Duration deadline;
    private final Problems problems;

    /**
     * @param bounds the most bytes of a body, by path
     * @param deadline how long a body may take from its head on
     */
    WholeBody(ToIntFunction<String> bounds, Duration deadline, Problems problems) {
        this.bounds = requireNonNull(bounds, "bounds is null");
        this.deadline = requireNonNull(deadline, "deadline is null");
        this.problems = requireNonNull(problems, "problems is null");
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (request.getLength() == 0
                || request.getLength() < 0 && !request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)) {
            return super.handle(request, response, callback);
        }
        if (request.getLength() > MAX_DISCARDED) {
            tooLarge(request, response, callback);
            return true;
        }
        new Reading(request, response, callback).begin();
        return true;
    }

    private int mostBytes(Request request) {
        return bounds.applyAsInt(request.getHttpURI().getCanonicalPath());
    }

    private void tooLarge(Request request, Response response, Callback callback) {
        problems.answerLast(request, response, callback, problems.sentences().bodyTooLarge(mostBytes(request)));
    }

    private final class Reading implements Runnable {
        private final Request request;
        private final Response response;
        private final Callback callback;
        private final int mostBytes;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private final AtomicBoolean over = new AtomicBoolean();
        private long read;
        private Scheduler.Task timer;

        Reading(Request request, Response response, Callback callback) {
            this.request = request;
            this.mostBytes = mostBytes(request);
            this.response = response;
            this.callback = callback;
        }

        void begin() {
            timer = request.getComponents()
                    .getScheduler()
                    .schedule(this::expire, deadline.toMillis(), TimeUnit.MILLISECONDS);
            run();
        }

        /** Reads what is there; called again when there is more. */
        @Override
        public void run() {
            while (true) {
                Content.Chunk chunk = request.read();
                if (chunk == null) {
                    request.demand(this);
                    return;
                }
                if (Content.Chunk.isFailure(chunk)) {
                    fail(chunk.getFailure());
                    return;
                }
                boolean last = chunk.isLast();
                keep(chunk);
                if (last || read > MAX_DISCARDED) {
                    if (end()) {
                        answer();
                    }
                    return;
                }
            }
        }

        private void keep(Content.Chunk chunk) {
            read += chunk.remaining();
            if (read <= mostBytes) {
                body.writeBytes(BufferUtil.toArray(chunk.getByteBuffer()));
            }
            chunk.release();
        }

        private void answer() {
            if (read > mostBytes) {
                tooLarge(request, response, callback);
            } else {
                handOn();
            }
        }

        private boolean end() {
            timer.cancel();
            return over.compareAndSet(false, true);
        }

        private void expire() {
            if (over.compareAndSet(false, true)) {
                problems.answerLast(
                        request, response, callback, problems.sentences().bodyTooSlow(deadline));
            }
        }

        private void fail(Throwable failure) {
            if (failure instanceof TimeoutException) {
                expire();
            } else if (end()) {
                int status = failure instanceof HttpException http ? http.getCode() : HttpStatus.BAD_REQUEST_400;
                Response.writeError(request, response, callback, status);
            }
        }

        private void handOn() {
            try {
                if (!WholeBody.super.handle(new Read(request, body.toByteArray()), response, callback)) {
                    Response.writeError(request, response, callback, 404);
                }
            } catch (Exception e) {
                Response.writeError(request, response, callback, e);
            }
        }
    }

    /** The request with a body that is there. */
    private static final class Read extends Request.Wrapper {
        private final int length;
        private Content.Chunk next;

        Read(Request request, byte[] body) {
            super(request);
            length = body.length;
            next = Content.Chunk.from(ByteBuffer.wrap(body), true);
        }

        @Override
        public long getLength() {
            return length;
        }

        @Override
        public Content.Chunk read() {
            Content.Chunk chunk = next;
            next = Content.Chunk.EOF;
            return chunk;
        }

        @Override
        public void demand(Runnable demandCallback) {
            demandCallback.run();
        }
    }
}
