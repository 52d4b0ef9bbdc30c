package millrace.webhook.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/** Ends connections of clients that send the head of a request, or take its answer, more slowly than anybody who means it. */
final class Deadlines extends Handler.Wrapper implements Connection.Listener {
    private static final Duration HEAD = Duration.ofSeconds(20);
    private static final Duration ANSWER = Duration.ofMinutes(1);
    /** The first reader of the documentation waits until dbt has made it. */
    private static final Duration DOCS = Duration.ofMinutes(15);

    private final Scheduler scheduler;

    Deadlines(Scheduler scheduler) {
        this.scheduler = scheduler;
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
        Scheduler.Task timer = endAfter(connection, request.getHttpURI().getCanonicalPath());
        Request.addCompletionListener(request, failure -> {
            if (timer != null) {
                timer.cancel();
            }
            awaitHead(connection);
        });
        return super.handle(request, response, callback);
    }

    /** Ends the connection unless a further request has begun in time. */
    private void awaitHead(Connection connection) {
        long before = connection.getMessagesIn();
        schedule(HEAD, () -> {
            if (connection.getMessagesIn() == before) {
                connection.getEndPoint().close();
            }
        });
    }

    private Scheduler.Task endAfter(Connection connection, String path) {
        if (path.equals("/webhook/manual")) {
            return null; // waits for dbt, which has a limit of its own
        }
        return schedule(path.startsWith("/dbt-docs") ? DOCS : ANSWER, connection.getEndPoint()::close);
    }

    private Scheduler.Task schedule(Duration after, Runnable what) {
        return scheduler.schedule(what, after.toMillis(), TimeUnit.MILLISECONDS);
    }
}
