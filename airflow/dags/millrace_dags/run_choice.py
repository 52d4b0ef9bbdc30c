"""What a run was asked to do: the fields of the trigger form, whose usual values mean what the schedule does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from airflow.sdk import Param

from millrace_contract.pipeline import Pipeline
from millrace_dags.loaded_table import LoadedTable, loaded_tables

DBT = ("all", "changed", "none")


class ChoiceRefused(ValueError):
    """Fields that contradict each other."""


@dataclass(frozen=True)
class RunChoice:
    """tables: by the names that the loader takes, empty for all; begin, end: of the range that is loaded again."""

    tables: tuple[str, ...] = ()
    full_refresh: bool = False
    begin: str = ""
    end: str = ""
    verify: bool = False
    dbt: str = "all"

    @staticmethod
    def of(params: Mapping[str, Any]) -> "RunChoice":
        """The choice of a run with these parameters, each of which fits its field."""
        return RunChoice(
            tables=tuple(params.get("tables") or ()),
            full_refresh=bool(params.get("full_refresh")),
            begin=(params.get("from") or "").strip(),
            end=(params.get("to") or "").strip(),
            verify=bool(params.get("verify")),
            dbt=params.get("dbt") or "all",
        )

    def refuse(self, tables: Sequence[LoadedTable]) -> None:
        """Raises ChoiceRefused, with a sentence, for what no load could do."""
        if bool(self.begin) != bool(self.end):
            raise ChoiceRefused("from and to belong together: to is the first value beyond the range.")
        if self.begin and self.full_refresh:
            raise ChoiceRefused("Full refresh loads everything, from and to a range: choose one.")
        if self.begin and not any(table.is_incremental for table in self.of_these(tables)):
            raise ChoiceRefused("from and to are for incremental tables, and none of those chosen is one.")

    def of_these(self, tables: Sequence[LoadedTable]) -> list[LoadedTable]:
        """Those that are to be loaded."""
        return [table for table in tables if not self.tables or table.name in self.tables]

    def options(self, is_incremental: bool) -> list[str]:
        """What follows the loader's command for one table."""
        if not is_incremental:
            return []
        if self.full_refresh:
            return ["--full-refresh"]
        return [f"--from={self.begin}", f"--to={self.end}"] if self.begin else []


def form(pipeline: Pipeline) -> dict[str, Param]:
    """The fields, as Airflow shows and checks them."""
    names = [table.name for table in loaded_tables(pipeline)]
    fields = {
        "tables": Param(
            [],
            title="Tables",
            description="Those to load; none chosen: all.",
            type="array",
            items={"type": "string", "enum": names},
            examples=names,
            uniqueItems=True,
        ),
        "full_refresh": switch("Full refresh", "Load and build anew what is incremental, whole."),
        "from": text("From", "Incremental tables: load the rows again whose cursor is at least this, and below To."),
        "to": text("To", "The first value beyond the range."),
        "verify": switch("Verify", "Compare every value with the source, before dbt."),
    }
    if pipeline.dbt:
        fields["dbt"] = Param(
            "all",
            title="dbt",
            description="all: the pipeline's models; changed: those that stand on tables of which rows came; none.",
            type="string",
            enum=list(DBT),
        )
    return fields


def switch(title: str, description: str) -> Param:
    """Off unless switched on."""
    return Param(False, title=title, description=description, type="boolean")


def text(title: str, description: str) -> Param:
    """May stay empty."""
    return Param(None, title=title, description=description, type=["null", "string"], maxLength=200)
