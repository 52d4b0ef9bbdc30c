package millrace.webhook.http;

import static java.util.Objects.requireNonNull;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import millrace.service.Refusal;
import millrace.service.Refusal.Kind;
import millrace.webhook.run.Run;
import millrace.webhook.run.RunLog;
import millrace.webhook.service.Runs;

/**
 * dbt's log from a byte on. Who polls it goes on at X-Next-Offset, and is done when X-Run-State is neither queued nor running and
 * X-Next-Offset did not move.
 */
final class LogEndpoint implements Handler {
    private static final int MAX_BYTES = 1024 * 1024;

    private final Runs runs;
    private final RunView view;

    LogEndpoint(Runs runs, RunView view) {
        this.runs = requireNonNull(runs, "runs is null");
        this.view = requireNonNull(view, "view is null");
    }

    @Override
    public void handle(Context ctx) throws IOException {
        long offset = offset(ctx.queryParam("offset"));
        // The state is read before the log, so that a log called ended is the whole log.
        Run run = view.find(ctx.pathParam("id"));
        RunLog.Piece piece = RunLog.read(
                runs.folder(run.runId()).log(), offset, MAX_BYTES, run.state().hasEnded());
        if (piece.next() < offset) {
            throw new Refusal(
                    Kind.OUT_OF_RANGE,
                    "offset_beyond_end",
                    "The log has " + piece.next() + " bytes so far, and the offset is beyond them.",
                    "Go on at the X-Next-Offset of the answer before.");
        }
        ctx.header("X-Next-Offset", String.valueOf(piece.next()));
        ctx.header("X-Run-State", run.state().word());
        ctx.contentType("text/plain; charset=utf-8").result(piece.bytes());
    }

    private static long offset(String text) {
        if (text == null) {
            return 0;
        }
        if (!text.matches("[0-9]{1,18}")) {
            throw new Refusal(
                    Kind.BAD_REQUEST,
                    "bad_offset",
                    "The offset is not a number of bytes.",
                    "Start with offset=0 and go on at the X-Next-Offset of each answer.");
        }
        return Long.parseLong(text);
    }
}
