package millrace.loader.verify;

import static java.util.Objects.requireNonNull;

import java.util.List;
import millrace.contract.failure.ExitCode;
import millrace.contract.failure.Failure;
import millrace.contract.pipeline.TableName;

/** What came of the comparison of one table. */
public sealed interface TableComparison {
    TableName source();

    TableName target();

    /** Of the whole comparison: a difference that was found counts for more than what could not be found out. */
    static ExitCode exitCode(List<TableComparison> comparisons) {
        ExitCode code = ExitCode.DONE;
        for (TableComparison comparison : comparisons) {
            if (comparison instanceof Unknown unknown) {
                code = code == ExitCode.DONE ? unknown.reason().exitCode() : code;
            } else if (!(comparison instanceof Same)) {
                return ExitCode.FAILED;
            }
        }
        return code;
    }

    /**
     * The rows hold the same values.
     *
     * @param rows how many were compared
     */
    record Same(TableName source, TableName target, long rows) implements TableComparison {
        public Same {
            requireNonNull(source, "source is null");
            requireNonNull(target, "target is null");
        }
    }

    /** The shapes are so different that no rows were compared. */
    record Misfit(TableName source, TableName target, List<Difference> differences) implements TableComparison {
        public Misfit {
            requireNonNull(source, "source is null");
            requireNonNull(target, "target is null");
            differences = List.copyOf(differences);
        }
    }

    /**
     * Rows differ.
     *
     * @param sourceRows rows of the source that were compared
     * @param targetRows rows of the target that were compared
     * @param differences the first of them
     */
    record Differs(TableName source, TableName target, long sourceRows, long targetRows, List<Difference> differences)
            implements TableComparison {
        public Differs {
            requireNonNull(source, "source is null");
            requireNonNull(target, "target is null");
            differences = List.copyOf(differences);
        }
    }

    /** Nobody can tell, for a reason. */
    record Unknown(TableName source, TableName target, Failure reason) implements TableComparison {
        public Unknown {
            requireNonNull(source, "source is null");
            requireNonNull(target, "target is null");
            requireNonNull(reason, "reason is null");
        }
    }
}
