package millrace.service;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/** Ends connections of clients that send the head of a request, or take its answer, more slowly than anybody who means it. */
final class Deadlines extends Handler.Wrapper implements Connection.Listener {
    private final Scheduler scheduler;
    private final Bounds bounds;

    Deadlines(Scheduler scheduler, Bounds bounds) {
        this.scheduler = requireNonNull(scheduler, "scheduler is null");
        this.bounds = requireNonNull(bounds, "bounds is null");
    }

    @Override
    public void onOpened(Connection connection) {
        awaitHead(connection);
    }

    @Override
    public void onClosed(Connection connection) {}

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Connection connection = request.getConnectionMetaData().getConnection();
        Optional<Scheduler.Task> end = bounds.answer()
                .apply(request.getHttpURI().getCanonicalPath())
                .map(limit -> schedule(limit, connection.getEndPoint()::close));
        Request.addCompletionListener(request, failure -> {
            end.ifPresent(Scheduler.Task::cancel);
            awaitHead(connection);
        });
        return super.handle(request, response, callback);
    }

    /** Ends the connection unless a further request has begun in time. */
    private void awaitHead(Connection connection) {
        long before = connection.getMessagesIn();
        schedule(bounds.head(), () -> {
            if (connection.getMessagesIn() == before) {
                connection.getEndPoint().close();
            }
        });
    }

    private Scheduler.Task schedule(Duration after, Runnable what) {
        return scheduler.schedule(what, after.toMillis(), TimeUnit.MILLISECONDS);
    }
}
