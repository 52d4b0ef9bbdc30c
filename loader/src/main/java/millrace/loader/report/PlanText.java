package millrace.loader.report;

import java.util.List;
import java.util.stream.Collectors;
import millrace.contract.failure.Visible;
import millrace.contract.pipeline.TableName;
import millrace.loader.codec.Mapping;
import millrace.loader.plan.ColumnSpec;
import millrace.loader.plan.ShapeChange;
import millrace.loader.plan.Slice;
import millrace.loader.plan.TablePlan;
import millrace.loader.plan.TableSpec;
import millrace.loader.run.Sink;
import millrace.loader.run.Source;
import millrace.loader.run.Survey;
import millrace.loader.run.Unfinished;

/** Shows a plan to people: tables, mappings, and the very statements that a load runs. */
public final class PlanText {
    private final Source source;
    private final Sink sink;
    private final StringBuilder out = new StringBuilder();

    private PlanText(Source source, Sink sink) {
        this.source = source;
        this.sink = sink;
    }

    public static String of(
            Survey survey, List<Unfinished> unfinished, List<TablePlan> plans, Source source, Sink sink) {
        PlanText text = new PlanText(source, sink);
        text.first(survey, unfinished);
        plans.forEach(text::table);
        return text.out.toString().stripTrailing();
    }

    private void first(Survey survey, List<Unfinished> unfinished) {
        if (!survey.missing().isEmpty()) {
            line("ClickHouse lacks what a load makes first:");
            survey.missing().forEach(statement -> line(statement.indent(2).stripTrailing()));
            line("");
        }
        for (Unfinished publication : unfinished) {
            line("The run " + publication.runId() + " was cut short while it published "
                    + publication.targets().stream().map(TableName::toString).collect(Collectors.joining(", "))
                    + ": the next load completes that first, unless it goes on.");
            line("");
        }
    }

    private void table(TablePlan plan) {
        TableSpec spec = plan.spec();
        String estimate = plan.estimatedRows() < 0 ? "rows not estimated" : "about " + Sizes.rows(plan.estimatedRows());
        line(Visible.of(
                spec.source() + " -> " + spec.target() + " (" + spec.mode().label() + ", " + estimate + ")"));
        columns(spec);
        for (ShapeChange change : plan.changes()) {
            line(Visible.of("  column " + change.sentence()));
        }
        for (Slice slice : plan.slices()) {
            line("  " + slice + ": " + source.statement(spec, plan.extent(), slice));
        }
        for (String statement : sink.statements(plan)) {
            line(statement.indent(2).stripTrailing());
        }
        line("");
    }

    private void columns(TableSpec spec) {
        int name = width(spec.columns().stream().map(ColumnSpec::name).toList());
        int type = width(spec.columns().stream().map(ColumnSpec::sourceType).toList());
        String row = "  %-" + name + "s  %-" + type + "s -> %s";
        for (ColumnSpec column : spec.columns()) {
            line(String.format(row, column.name(), column.sourceType(), column.clickhouseType())
                    + (column.mapping().asText() ? " (its text)" : "")
                    + onRefusal(column.mapping()));
        }
    }

    private static String onRefusal(Mapping mapping) {
        return switch (mapping.onRefusal()) {
            case STOP -> "";
            case NULL -> " (NULL for what does not fit)";
            case TEXT -> " (its text)";
            case EMPTY -> " ([] for NULL)";
            case QUARANTINE -> " (rows of others are not shown)";
        };
    }

    private static int width(List<String> texts) {
        return texts.stream().mapToInt(String::length).max().orElse(1);
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
