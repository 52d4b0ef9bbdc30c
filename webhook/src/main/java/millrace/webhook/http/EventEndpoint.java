package millrace.webhook.http;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.contract.settings.Secret;
import millrace.service.Refusal;
import millrace.service.Refusal.Kind;
import millrace.service.Reply;
import millrace.webhook.security.Events;
import millrace.webhook.security.Scope;
import millrace.webhook.security.Signature;
import millrace.webhook.security.Tokens;
import millrace.webhook.service.Order;
import millrace.webhook.service.QueueFull;
import millrace.webhook.service.Runs;
import millrace.webhook.service.Ticket;
import millrace.webhook.store.SeenTable;

/** Messages of other programs, signed with a secret that both know. */
final class EventEndpoint {
    private final List<Secret> secrets;
    private final Optional<Events> events;
    private final SeenTable seen;
    private final Tokens tokens;
    private final Orders orders;
    private final Runs runs;

    EventEndpoint(Parts parts, Orders orders) {
        this.secrets = parts.settings().secrets();
        this.events = parts.settings().events();
        this.seen = parts.seen();
        this.tokens = parts.tokens();
        this.orders = requireNonNull(orders, "orders is null");
        this.runs = parts.runs();
    }

    /**
     * Whether this is a message of another program.
     *
     * @throws Refusal when it should be one and is not signed, or is and no secret is known here
     */
    boolean takes(Context ctx) {
        boolean claimed = Signature.isClaimed(ctx::header);
        if (claimed && secrets.isEmpty()) {
            throw new Refusal(
                    Kind.UNAUTHORIZED,
                    "no_secret",
                    "The message is signed, but no secret is known here.",
                    "Set WEBHOOK_SECRET to the one that the sender signs with.");
        }
        if (!claimed && !secrets.isEmpty() && !tokens.holds(ctx.header("Authorization"), Scope.RUN)) {
            throw new Refusal(
                    Kind.UNAUTHORIZED,
                    "signature_needed",
                    "The message is not signed.",
                    "Sign it with the secret in WEBHOOK_SECRET (X-Hub-Signature-256, or Standard Webhooks), or send a token.");
        }
        return claimed;
    }

    /** Runs what a signed message stands for; the ticket, or empty when it was answered that it stands for nothing. */
    synchronized Optional<Ticket> accept(Context ctx) throws QueueFull {
        byte[] body = Body.bytes(ctx);
        Signature signature = Signature.check(ctx::header, body, secrets, Instant.now());
        if (seen.contains(signature.id())) {
            throw new Refusal(
                    Kind.CONFLICT,
                    "replayed",
                    "This very message has come before, and was accepted.",
                    "Nothing is to be done. A new event has a body, or a webhook-id, of its own.");
        }
        Optional<RunRequest> request = request(ctx, signature, body);
        if (request.isEmpty()) {
            seen.add(signature.id(), Instant.now());
            Reply.json(ctx, 200, Map.of("state", "ignored"));
            return Optional.empty();
        }
        Order order = orders.order(ctx, request.get(), "event");
        Ticket ticket = runs.submit(order);
        seen.add(signature.id(), Instant.now());
        return Optional.of(ticket);
    }

    private Optional<RunRequest> request(Context ctx, Signature signature, byte[] body) {
        if (events.isEmpty()) {
            return Optional.of(body.length == 0 ? orders.usualRequest() : RunRequest.parse(body));
        }
        JsonNode json = Body.json(body, "The body of an event is a JSON object.");
        String event = switch (signature.sender()) {
            case GITHUB -> Optional.ofNullable(ctx.header("X-GitHub-Event")).orElse("");
            case STANDARD -> json.path("type").asText();
        };
        return events.get().run(event, json).map(RunRequest::of);
    }
}
