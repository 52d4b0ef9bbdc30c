package millrace.webhook.http;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import millrace.service.FieldProblem;
import millrace.service.Problem;
import millrace.service.Refusal;
import millrace.webhook.run.RunFilter;
import millrace.webhook.run.RunId;
import millrace.webhook.run.RunState;
import millrace.webhook.run.Verb;

/** Lists in parts: {@code ?pipeline=shop&state=failed&command=build&limit=50&before=RUN}. */
final class FilterReader {
    private static final Set<String> KNOWN = Set.of("pipeline", "state", "command", "limit", "before");
    private static final int MAX = 500;
    private static final int DEFAULT = 100;

    private FilterReader() {}

    /** @throws Refusal with everything that is wrong with the query */
    static RunFilter read(Context ctx) {
        List<FieldProblem> problems = new ArrayList<>();
        ctx.queryParamMap().forEach((name, values) -> {
            if (!KNOWN.contains(name)) {
                problems.add(new FieldProblem(
                        name,
                        "There is no parameter \"" + name + "\"; known are pipeline, state, command, limit, before."));
            } else if (values.size() > 1) {
                problems.add(new FieldProblem(name, name + " may be given once."));
            }
        });
        RunFilter filter = new RunFilter(
                value(ctx, "pipeline", FilterReader::pipeline, "the name of a pipeline", problems),
                value(ctx, "state", FilterReader::state, "a state of a run", problems),
                value(ctx, "command", Verb::of, "one of " + String.join(", ", Verb.all()), problems),
                value(ctx, "before", FilterReader::run, "the id of a run", problems),
                value(ctx, "limit", FilterReader::limit, "a whole number from 1 to " + MAX, problems)
                        .orElse(DEFAULT));
        if (!problems.isEmpty()) {
            throw new Refusal(Problem.ofValues(
                    400, "bad_query", "The query is not understood", "GET /docs tells the parameters.", problems));
        }
        return filter;
    }

    /** The address of what follows after a run, in the list at an address. */
    static String address(String list, RunFilter filter, RunId last) {
        StringBuilder address = new StringBuilder(list).append("?limit=").append(filter.limit());
        // All of them are words without characters that an address could not have.
        filter.pipeline().ifPresent(it -> address.append("&pipeline=").append(it));
        filter.state().ifPresent(it -> address.append("&state=").append(it.word()));
        filter.verb()
                .ifPresent(it -> address.append("&command=").append(it.spelled().replace(' ', '+')));
        return address.append("&before=").append(last).toString();
    }

    private static <T> Optional<T> value(
            Context ctx, String name, Function<String, Optional<T>> reader, String what, List<FieldProblem> problems) {
        String text = ctx.queryParam(name);
        if (text == null || text.isEmpty()) { // a form sends what nobody chose as empty
            return Optional.empty();
        }
        Optional<T> value = reader.apply(text);
        if (value.isEmpty()) {
            problems.add(new FieldProblem(name, name + " must be " + what + "."));
        }
        return value;
    }

    private static Optional<String> pipeline(String text) {
        return text.matches("[a-z][a-z0-9_]{0,63}") ? Optional.of(text) : Optional.empty();
    }

    private static Optional<RunState> state(String text) {
        return Stream.of(RunState.values())
                .filter(state -> state.word().equals(text))
                .findFirst();
    }

    private static Optional<RunId> run(String text) {
        return RunId.isRunId(text) ? Optional.of(new RunId(text)) : Optional.empty();
    }

    private static Optional<Integer> limit(String text) {
        return text.matches("[0-9]{1,3}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= MAX
                ? Optional.of(Integer.parseInt(text))
                : Optional.empty();
    }
}
