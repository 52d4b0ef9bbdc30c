package millrace.loader.run;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import millrace.contract.pipeline.TableName;
import millrace.loader.plan.TargetTable;

/**
 * What a sink has of what a load needs.
 *
 * @param tables those of the targets that exist
 * @param missing the statements that make what loads need beside the tables: databases, the audit table
 * @param problems why tables of a database cannot be replaced in one step; sentences
 * @param leftOvers what killed runs of the targets have left
 * @param replaced what a killed run has taken over and was about to keep
 * @param publications those of the pipeline that have not come to their end
 */
public record Survey(
        Map<TableName, TargetTable> tables,
        List<String> missing,
        List<String> problems,
        List<TableName> leftOvers,
        List<TableName> replaced,
        List<TableName> publications) {
    public Survey {
        tables = Map.copyOf(requireNonNull(tables, "tables is null"));
        missing = List.copyOf(missing);
        problems = List.copyOf(problems);
        leftOvers = List.copyOf(leftOvers);
        replaced = List.copyOf(replaced);
        publications = List.copyOf(publications);
    }
}
