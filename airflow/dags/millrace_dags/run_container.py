"""The tasks of a run that are more than a command of the loader, as containers."""

from millrace_dags.loader_container import LoaderContainer
from millrace_dags.run_begin import RunBegin
from millrace_dags.table_load import TableComparison, TableLoad


class RunBeginContainer(RunBegin, LoaderContainer):
    """The first task of a run."""


class TableLoadContainer(TableLoad, LoaderContainer):
    """Loads a table."""


class TableComparisonContainer(TableComparison, LoaderContainer):
    """Compares tables."""


OF = {RunBegin: RunBeginContainer, TableLoad: TableLoadContainer, TableComparison: TableComparisonContainer}
