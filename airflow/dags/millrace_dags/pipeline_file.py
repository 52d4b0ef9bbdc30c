"""Reads of a pipeline file what its DAG needs."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import yaml
from croniter import croniter

from millrace_dags.pipeline import ID, DagSettings, Pipeline, Table
from millrace_dags.problems import PipelineProblems, place
from millrace_dags.yaml_section import Section

PRESETS = ("@once", "@hourly", "@daily", "@weekly", "@monthly", "@quarterly", "@yearly")
CRON_FIELDS = 5


def read_pipeline(path: Path) -> Pipeline:
    """The pipeline of a file.

    Raises PipelineProblems with a sentence, file and line for everything that is wrong.
    """
    file = Section(path, root_node(path))
    pipeline = Pipeline(
        name=path.stem,
        description=file.value("description", str, ""),
        dag=dag_settings(file.section("dag"), path.stem),
        database=file.section("target").value("database", str, "raw"),
        tables=tuple(tables(file)),
        runs_dbt="dbt" in file.entries(),
        servers=tuple(filter(None, (file.section(part).value("env", str, "") for part in ("source", "target")))),
    )
    if file.problems:
        raise PipelineProblems(sentence for _, sentence in sorted(file.problems))
    return pipeline


def root_node(path: Path) -> yaml.Node:
    """The file's mapping."""
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise PipelineProblems([f"{place(path, mark.line if mark else 0)}: no YAML: {error.problem}."]) from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise PipelineProblems([f"{place(path, 0)}: can't be read: {error}"]) from None
    if not isinstance(node, yaml.MappingNode):
        raise PipelineProblems([f"{place(path, 0)}: a pipeline file must be a mapping with `tables`."])
    return node


def dag_settings(dag: Section, name: str) -> DagSettings:
    """The `dag:` section, each key of which has a default."""
    dag.refuse_unknown(("id", "schedule", "start_date", "retries", "retry_delay_minutes"))
    usual = DagSettings(name)
    identifier = dag.value("id", str, name)
    if not ID.fullmatch(identifier):
        dag.problem(
            dag.entries().get("id", dag.node), f"dag id {identifier!r} may hold letters, digits and _ . - only."
        )
    start: date = dag.value("start_date", date, usual.start_date)
    return DagSettings(
        id=identifier,
        schedule=schedule(dag),
        start_date=datetime.combine(start, time(), UTC),
        retries=not_negative(dag, "retries", usual.retries),
        retry_delay=timedelta(minutes=not_negative(dag, "retry_delay_minutes", usual.retry_delay.seconds // 60)),
    )


def schedule(dag: Section) -> str | None:
    """The preset or cron expression of a DAG; None when it has no schedule."""
    text = dag.value("schedule", str)
    valid = text is None or text in PRESETS or (len(text.split()) == CRON_FIELDS and croniter.is_valid(text))
    if not valid:
        expected = f"a cron expression of {CRON_FIELDS} fields or one of {', '.join(PRESETS)}"
        dag.problem(dag.entries()["schedule"], f"schedule {text!r} is not {expected}.")
    return text


def not_negative(section: Section, key: str, usual: int) -> int:
    """The whole number at key."""
    number: int = section.value(key, int, usual)
    if number < 0:
        section.problem(section.entries()[key], f"{key} must not be negative, but is {number}.")
    return max(number, 0)


def tables(file: Section) -> Iterator[Table]:
    """The tables of a file, at least one, each a name or a mapping with a `name`."""
    file.required("tables", list, [])
    seen: dict[str, str] = {}
    for node in file.items("tables"):
        table = short_form(node) or long_form(Section(file.path, node, file.problems))
        if table.task_id in seen:
            file.problem(
                node, f"table {table.name} would have the same task as {seen[table.task_id]}: {table.task_id}."
            )
        seen[table.task_id] = table.name
        yield table


def short_form(node: yaml.Node) -> Table | None:
    """`- customers`."""
    return Table(node.value, node.value) if isinstance(node, yaml.ScalarNode) else None


def long_form(entry: Section) -> Table:
    """`- name: customers`, with an optional `target` and `schema`."""
    name = entry.required("name", str, "?")
    schema = entry.value("schema", str)
    return Table(f"{schema}.{name}" if schema else name, entry.value("target", str, name))
