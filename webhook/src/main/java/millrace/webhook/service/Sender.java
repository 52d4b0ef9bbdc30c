package millrace.webhook.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import millrace.contract.settings.Secret;
import millrace.webhook.outgoing.Delivery;
import millrace.webhook.outgoing.Message;
import millrace.webhook.outgoing.RunMessage;
import millrace.webhook.outgoing.Target;
import millrace.webhook.run.Run;
import millrace.webhook.security.Signature;
import millrace.webhook.store.DeliveryTable;
import millrace.webhook.store.StoreFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends messages to targets, each target's one after the other, so that one that is slow holds up no other and no run. What is not
 * accepted is sent again later and later (Standard Webhooks 1.0.0, "Deliverability and reliability"), also after a restart: a target
 * may get a message twice, and knows it by its id.
 */
public final class Sender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("outgoing");
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);
    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10));
    private static final int GONE = 410;

    private final DeliveryTable table;
    private final List<Target> targets;
    private final List<Secret> secrets;
    private final HttpClient http;
    private final List<Thread> threads = new ArrayList<>();
    private long written;
    private boolean closed;

    /** @param secrets with which messages of the form STANDARD are signed, with each of them */
    public Sender(DeliveryTable table, List<Target> targets, List<Secret> secrets) {
        this.table = requireNonNull(table, "table is null");
        this.targets = List.copyOf(targets);
        this.secrets = List.copyOf(secrets);
        this.http = HttpClient.newBuilder()
                .connectTimeout(CONNECT_WITHIN)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** Begins to send. */
    public void start() {
        table.clean(targets.stream().map(Target::key).toList(), Instant.now());
        for (Target target : targets) {
            threads.add(Thread.ofVirtual().name("outgoing").start(() -> serve(target)));
        }
    }

    /** What is to be sent of a run in the state that it has come to; to be kept with it. */
    List<Delivery> of(Run run) {
        return of(RunMessage.of(run));
    }

    /** What is to be sent of a message. */
    List<Delivery> of(Message message) {
        return message.to(targets, Instant.now());
    }

    /** Has what was kept be sent now. */
    synchronized void wake() {
        written++;
        notifyAll();
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        http.shutdownNow();
        threads.forEach(Thread::interrupt);
    }

    private void serve(Target target) {
        try {
            while (true) {
                long seen = written();
                Optional<Delivery> next = next(target);
                Duration pause = next.map(it -> Duration.between(Instant.now(), it.nextAt()))
                        .orElse(Duration.ofHours(1));
                if (pause.isPositive()) {
                    await(seen, pause);
                } else {
                    keep(attempt(target, next.get()));
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("no more messages to {}", target.shown());
        }
    }

    private Optional<Delivery> next(Target target) throws InterruptedException {
        while (true) {
            try {
                return table.next(target.key());
            } catch (StoreFailure e) {
                Thread.sleep(PAUSES.get(0));
            }
        }
    }

    private void keep(Delivery delivery) throws InterruptedException {
        while (true) {
            try {
                table.update(delivery);
                return;
            } catch (StoreFailure e) {
                LOG.warn("could not record the delivery of {}", delivery.messageId());
                Thread.sleep(PAUSES.get(0));
            }
        }
    }

    private synchronized long written() {
        return written;
    }

    private synchronized void await(long seen, Duration pause) throws InterruptedException {
        long end = System.nanoTime() + pause.toNanos();
        while (!closed && written == seen && end - System.nanoTime() > 0) {
            wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
        }
        if (closed) {
            throw new InterruptedException("closed");
        }
    }

    private Delivery attempt(Target target, Delivery delivery) throws InterruptedException {
        int status = 0;
        String answer;
        try {
            HttpResponse<InputStream> response =
                    http.send(request(target, delivery), HttpResponse.BodyHandlers.ofInputStream());
            // Nothing of the body is of use, and it may be without end.
            response.body().close();
            status = response.statusCode();
            answer = "HTTP " + status;
        } catch (IOException e) {
            answer = e.getClass().getSimpleName().replaceFirst("Exception$", "");
        }
        Delivery done = judge(delivery, status, answer);
        LOG.info(
                "message={} type={} target={} attempt={} answer=\"{}\" state={}",
                delivery.messageId(),
                delivery.type(),
                target.shown(),
                done.attempts(),
                answer,
                done.state().word());
        return done;
    }

    private static Delivery judge(Delivery delivery, int status, String answer) {
        if (status / 100 == 2) {
            return delivery.delivered(answer);
        }
        if (status == GONE || delivery.attempts() >= PAUSES.size()) {
            return delivery.givenUp(answer);
        }
        return delivery.again(Instant.now().plus(PAUSES.get(delivery.attempts())), answer);
    }

    private HttpRequest request(Target target, Delivery delivery) {
        byte[] body = delivery.body().getBytes(UTF_8);
        HttpRequest.Builder request = HttpRequest.newBuilder(target.address())
                .timeout(ANSWER_WITHIN)
                .header("Content-Type", "application/json")
                .header("User-Agent", "millrace-webhook")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (target.form() == Target.Form.STANDARD) {
            long now = Instant.now().getEpochSecond();
            request.header("webhook-id", delivery.messageId())
                    .header("webhook-timestamp", String.valueOf(now))
                    .header(
                            "webhook-signature",
                            secrets.stream()
                                    .map(secret -> Signature.sign(delivery.messageId(), now, body, secret))
                                    .collect(Collectors.joining(" ")));
        }
        return request.build();
    }
}
