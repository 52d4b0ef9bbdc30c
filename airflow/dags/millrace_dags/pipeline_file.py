"""Reads of a pipeline file what its DAG needs."""

import re
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from croniter import croniter

from millrace_dags.follow_section import follow
from millrace_dags.pipeline import ID, NAME, DagSettings, Generate, Pipeline
from millrace_dags.pipeline_table import pipeline_tables
from millrace_dags.problems import PipelineProblems
from millrace_dags.yaml_section import Section, construct, is_text, root_node

PRESETS = ("@once", "@hourly", "@daily", "@weekly", "@monthly", "@quarterly", "@yearly")
CRON_FIELDS = 5
KEYS = ("pipeline", "description", "dag", "source", "target", "tables", "exclude", "dbt", "follow", "generate")
WITH_DBT = re.compile(r"[a-z][a-z0-9_]{0,63}")  # what the webhook takes
DATABASE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
WHOLE = re.compile(r"-?[0-9]{1,6}")


def read_pipeline(path: Path) -> Pipeline:
    """The pipeline of a file.

    Raises PipelineProblems with a sentence, file and line for everything that is wrong.
    """
    file = Section(path, root_node(path))
    file.refuse_unknown(KEYS)
    source, target = known(file, "source", ("env", "schema")), known(file, "target", ("env", "database"))
    refuse_name(file, path.stem)
    pipeline = Pipeline(
        name=path.stem,
        description=file.text("description"),
        dag=dag_settings(file.section("dag"), path.stem),
        database=database(target),
        tables=pipeline_tables(file, source.text("schema", "public")),
        runs_dbt="dbt" in file.entries(),
        servers=(source.text("env", "POSTGRES"), target.text("env", "CLICKHOUSE")),
        follow=follow(file),
        generate=generate(file, path.stem),
    )
    if file.problems:
        raise PipelineProblems(sentence for _, sentence in sorted(file.problems))
    return pipeline


def known(file: Section, key: str, keys: tuple[str, ...]) -> Section:
    """The mapping at key, which may have these keys."""
    section = file.section(key)
    section.refuse_unknown(keys)
    return section


def refuse_name(file: Section, name: str) -> None:
    """A pipeline is known by its file's name: in command lines, tags and addresses."""
    if "dbt" in file.entries() and not WITH_DBT.fullmatch(name):
        file.problem(
            file.node,
            f"a file with `dbt` must be named by lower-case letters, digits and _, a letter first, not {name!r}.",
        )
    elif not NAME.fullmatch(name) or name.endswith((".yml", ".yaml")):
        file.problem(file.node, f"a file may be named by letters, digits and _ . - (not first), not {name!r}.")


def database(target: Section) -> str:
    """The database of the raw tables."""
    name = target.text("database", "raw")
    if not DATABASE.fullmatch(name):
        target.problem(
            target.entries()["database"], f"{name!r} cannot be a database: letters, digits and _ only, no digit first."
        )
    return name


def dag_settings(dag: Section, name: str) -> DagSettings:
    """The `dag:` section, each key of which has a default."""
    dag.refuse_unknown(("id", "schedule", "start_date", "retries", "retry_delay_minutes"))
    usual = DagSettings(name)
    start: date = dag.value("start_date", date, usual.start_date)
    return DagSettings(
        id=dag_id(dag, "id", name),
        schedule=schedule(dag),
        start_date=datetime.combine(start, time(), UTC),
        retries=not_negative(dag, "retries", usual.retries),
        retry_delay=timedelta(minutes=not_negative(dag, "retry_delay_minutes", usual.retry_delay.seconds // 60)),
    )


def generate(file: Section, name: str) -> Generate | None:
    """The `generate:` section; None where the file has none."""
    if "generate" not in file.entries():
        return None
    section = known(file, "generate", ("dag", "schedule"))
    usual = Generate(f"{name}_generate")
    when = schedule(section) if "schedule" in section.entries() else usual.schedule
    return Generate(dag_id(section, "dag", usual.dag), when)


def dag_id(section: Section, key: str, usual: str) -> str:
    """What Airflow calls a DAG."""
    identifier = section.text(key, usual)
    if not ID.fullmatch(identifier):
        place = section.entries().get(key, section.node)
        section.problem(place, f"dag id {identifier!r} may hold letters, digits and _ . - only.")
    return identifier


def schedule(dag: Section) -> str | None:
    """The preset or cron expression of a DAG; None when it has no schedule."""
    text = dag.value("schedule", str)
    valid = text is None or text in PRESETS or (len(text.split()) == CRON_FIELDS and croniter.is_valid(text))
    if not valid:
        expected = f"a cron expression of {CRON_FIELDS} fields or one of {', '.join(PRESETS)}"
        dag.problem(dag.entries()["schedule"], f"schedule {text!r} is not {expected}.")
    return text


def not_negative(section: Section, key: str, usual: int) -> int:
    """The whole number at key, in decimal digits."""
    node = section.entries().get(key)
    if node is None or construct(node) is None:
        return usual
    if not (is_text(node) and node.style is None and WHOLE.fullmatch(node.value)):
        section.problem(node, f"{key} must be a whole number, but is {construct(node)!r}.")
        return usual
    if int(node.value) < 0:
        section.problem(node, f"{key} must not be negative, but is {node.value}.")
    return max(int(node.value), 0)
