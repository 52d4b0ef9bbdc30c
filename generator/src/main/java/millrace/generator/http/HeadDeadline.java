package millrace.generator.http;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.thread.Scheduler;

/** Ends connections that have not sent the head of their one request in time, however steadily they send. */
final class HeadDeadline implements Connection.Listener {
    private final Scheduler scheduler;
    private final Duration patience;

    HeadDeadline(Scheduler scheduler, Duration patience) {
        this.scheduler = requireNonNull(scheduler, "scheduler is null");
        this.patience = requireNonNull(patience, "patience is null");
    }

    @Override
    public void onOpened(Connection connection) {
        scheduler.schedule(
                () -> {
                    if (connection.getMessagesIn() == 0) {
                        connection.getEndPoint().close();
                    }
                },
                patience.toMillis(),
                TimeUnit.MILLISECONDS);
    }
}
