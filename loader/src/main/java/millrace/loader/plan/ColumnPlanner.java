package millrace.loader.plan;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import millrace.contract.pipeline.ColumnOptions;
import millrace.contract.pipeline.OnRefusal;
import millrace.loader.codec.Mapping;
import millrace.loader.codec.PostgresType;
import millrace.loader.codec.TypeMappings;
import millrace.loader.codec.TypeOverrides;

/** Decides how a column's values travel, by its type and by what the pipeline file says of it. */
public record ColumnPlanner(TypeMappings usual) {
    public ColumnPlanner {
        requireNonNull(usual, "usual is null");
    }

    /** Why the column cannot be as the pipeline file wants it: a sentence; empty when it can. */
    public Optional<String> problem(SourceColumn column, ColumnOptions options) {
        Optional<Mapping> mapping = mapping(column, options);
        return mapping.isEmpty() ? Optional.of(noSuchType(column, options)) : problem(column, options, mapping.get());
    }

    private String noSuchType(SourceColumn column, ColumnOptions options) {
        String why = options.type().startsWith("Nullable(")
                ? "; a column is Nullable without saying so, when its source is. Possible are "
                : "; possible are ";
        return "Column " + column.name() + " of type " + column.typeName() + " cannot become \"" + options.type() + "\""
                + why + String.join(", ", overrides().possible(column.type())) + ".";
    }

    private static Optional<String> problem(SourceColumn column, ColumnOptions options, Mapping mapping) {
        boolean isArray = !mapping.codec().canBeNullable();
        return switch (options.onRefusal()) {
            case STOP, QUARANTINE -> Optional.empty();
            case NULL ->
                isArray
                        ? Optional.of("Column " + column.name() + " is an array, which ClickHouse does not let be NULL:"
                                + " \"on_refusal\" may be empty or text.")
                        : Optional.empty();
            case TEXT ->
                options.type().isEmpty()
                        ? Optional.empty()
                        : Optional.of("\"on_refusal: text\" makes column " + column.name()
                                + " a String: leave its \"type\" out.");
            case EMPTY ->
                isArray
                        ? Optional.empty()
                        : Optional.of("\"on_refusal: empty\" is for arrays, and column " + column.name() + " becomes "
                                + mapping.codec().clickhouseType() + ": it may be null or text.");
        };
    }

    /** @throws java.util.NoSuchElementException when there is a problem */
    public ColumnSpec plan(SourceColumn column, ColumnOptions options) {
        Mapping mapping = mapping(column, options).orElseThrow().with(options.onRefusal());
        boolean nullable = !column.notNull() || options.onRefusal() == OnRefusal.NULL;
        return new ColumnSpec(column.name(), column.typeName(), mapping, nullable, options.codec(), options.hash());
    }

    private Optional<Mapping> mapping(SourceColumn column, ColumnOptions options) {
        if (options.hash()) {
            return Optional.of(usual.of(PostgresType.builtIn("text", -1)));
        }
        return options.type().isEmpty()
                ? Optional.of(usual.of(column.type()))
                : overrides().of(column.type(), options.type());
    }

    private TypeOverrides overrides() {
        return new TypeOverrides(usual);
    }
}
