package millrace.generator.http;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Hands a request on when its whole body is there, so that no thread waits for one. A body that is too large is answered
 * with 413, one that takes too long with 408; a client that then does not read its answer in as long again loses the
 * connection.
 */
final class WholeRequest extends Handler.Wrapper {
    /** So much is read of a body that is too large: closed with bytes unread, a connection is reset, and its answer lost. */
    private static final int MOST_DISCARDED = 1 << 20;

    private final int mostBytes;
    private final Duration patience;

    WholeRequest(int mostBytes, Duration patience) {
        this.mostBytes = mostBytes;
        this.patience = requireNonNull(patience, "patience is null");
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        endInTime(request);
        if (request.getLength() > MOST_DISCARDED) {
            Response.writeError(request, response, callback, HttpStatus.PAYLOAD_TOO_LARGE_413);
        } else {
            new Reading(request, response, callback).begin();
        }
        return true;
    }

    private void endInTime(Request request) {
        Scheduler.Task end = request.getComponents()
                .getScheduler()
                .schedule(
                        () -> request.getConnectionMetaData()
                                .getConnection()
                                .getEndPoint()
                                .close(),
                        2 * patience.toMillis(),
                        TimeUnit.MILLISECONDS);
        Request.addCompletionListener(request, failure -> end.cancel());
    }

    private final class Reading implements Runnable {
        private final Request request;
        private final Response response;
        private final Callback callback;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private final AtomicBoolean over = new AtomicBoolean();
        private long read;
        private Scheduler.Task timer;

        Reading(Request request, Response response, Callback callback) {
            this.request = request;
            this.response = response;
            this.callback = callback;
        }

        void begin() {
            timer = request.getComponents()
                    .getScheduler()
                    .schedule(this::expire, patience.toMillis(), TimeUnit.MILLISECONDS);
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
                    if (end()) {
                        Response.writeError(request, response, callback, chunk.getFailure());
                    }
                    return;
                }
                boolean last = chunk.isLast();
                keep(chunk);
                if (last || read > MOST_DISCARDED) {
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

        private boolean end() {
            timer.cancel();
            return over.compareAndSet(false, true);
        }

        private void expire() {
            if (over.compareAndSet(false, true)) {
                Response.writeError(request, response, callback, HttpStatus.REQUEST_TIMEOUT_408);
            }
        }

        private void answer() {
            if (read > mostBytes) {
                Response.writeError(request, response, callback, HttpStatus.PAYLOAD_TOO_LARGE_413);
            } else {
                proceed(new Read(request, body.toByteArray()), response, callback);
            }
        }
    }

    private void proceed(Request request, Response response, Callback callback) {
        try {
            if (!super.handle(request, response, callback)) {
                Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
            }
        } catch (Exception e) {
            Response.writeError(request, response, callback, e);
        }
    }

    /** A request whose body has been read. */
    private static final class Read extends Request.Wrapper {
        private final Content.Source body;

        Read(Request request, byte[] body) {
            super(request);
            this.body = Content.Source.from(ByteBuffer.wrap(body));
        }

        @Override
        public long getLength() {
            return body.getLength();
        }

        @Override
        public Content.Chunk read() {
            return body.read();
        }

        @Override
        public void demand(Runnable callback) {
            body.demand(callback);
        }

        @Override
        public void fail(Throwable failure) {
            body.fail(failure);
        }
    }
}
