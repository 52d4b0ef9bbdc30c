"""Reads pipeline files, which the Java reader beside this one takes as exactly this."""

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from millrace_contract import alert_reader, dag_reader, follow_reader
from millrace_contract.bounded_yaml import root_of_file, root_of_text
from millrace_contract.pipeline import Dbt, Pipeline
from millrace_contract.problems import Problems, quote
from millrace_contract.section import Section
from millrace_contract.table_name import parse
from millrace_contract.table_reader import tables

PIPELINE = (
    "pipeline",
    "description",
    "dag",
    "source",
    "target",
    "tables",
    "exclude",
    "dbt",
    "follow",
    "generate",
    "alerts",
)
SOURCE = ("env", "schema")
TARGET = ("env", "database")
DBT = ("select",)
RESERVED = ("millrace", "system", "information_schema", "_temporary_and_external_tables")
PREFIX = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
# No leading '-': dbt would read such a selector as one of its options.
SELECTOR = re.compile(r"[A-Za-z0-9_@+*][A-Za-z0-9_@+*.:/,?\[\]-]*")


@dataclass(frozen=True)
class Reading:
    """What could be read of a file, and what is wrong with it. pipeline: None where it holds no mapping."""

    pipeline: Pipeline | None
    problems: Problems

    def whole(self) -> Pipeline:
        """The pipeline; raises PipelineProblems with a sentence for everything that is wrong."""
        self.problems.refuse()
        assert self.pipeline
        return self.pipeline


def read_file(path: Path) -> Reading:
    """What a file says."""
    problems = Problems(path)
    return Reading(pipeline_of(root_of_file(path, problems), problems), problems)


def read_text(text: str, path: Path) -> Reading:
    """What the text of a file says. path: how problems name it."""
    problems = Problems(path)
    return Reading(pipeline_of(root_of_text(text, problems), problems), problems)


def pipeline_of(root: yaml.Node | None, problems: Problems) -> Pipeline | None:
    """The pipeline at a node; None where that is no mapping."""
    if root is None:
        return None
    file = Section("the pipeline", root, PIPELINE, problems)
    if not file.is_mapping:
        return None
    name = file.needed("pipeline")
    source, target = file.needed_section("source", SOURCE), file.needed_section("target", TARGET)
    schema = source.text("schema", "public") if source else "public"
    raw = database(target) if target else "raw"
    found = Pipeline(
        name=name,
        description=file.text("description"),
        dag=dag_reader.dag(file.section("dag", dag_reader.DAG), name),
        source_env=env(source) if source else "",
        target_env=env(target) if target else "",
        schema=schema,
        database=raw,
        tables=tables(file, schema),
        exclude=tuple(parse(text, schema) for text in file.texts("exclude")),
        dbt=dbt(file.section("dbt", DBT)),
        follow=follow_reader.follow(file.section("follow", follow_reader.FOLLOW), name, raw),
        generate=dag_reader.generate(file.section("generate", dag_reader.GENERATE), name),
        alerts=alert_reader.alerts(file.section("alerts", alert_reader.ALERTS)),
    )
    for table in found.tables:
        follow_reader.refuse_foreign(table, found.follow is not None, problems)
    return found


def env(server: Section) -> str:
    """The prefix of the variables that name a server."""
    prefix = server.needed("env")
    if prefix and not PREFIX.fullmatch(prefix):
        sentence = f"{quote(prefix)} cannot begin the names of variables: letters, digits and _ only, no digit first."
        server.problem("env", "bad-prefix", sentence)
    return prefix


def database(target: Section) -> str:
    """That of the raw tables."""
    name = target.text("database", "raw")
    if not follow_reader.DATABASE.fullmatch(name):
        sentence = f"{quote(name)} cannot be a database: letters, digits and _ only, and no digit first."
        target.problem("database", "bad-database", sentence)
    elif name.lower() in RESERVED:
        owner = "the loader's" if name.lower() == "millrace" else "ClickHouse's"
        sentence = f"{quote(name)} cannot be the database of a pipeline's tables: it is {owner} own."
        target.problem("database", "reserved-database", sentence)
    return name


def dbt(section: Section | None) -> Dbt | None:
    """What dbt builds."""
    if section is None:
        return None
    select = section.needed("select")
    for selector in re.split(r"[ \t\r\n]+", select.strip()) if select else ():
        if not SELECTOR.fullmatch(selector):
            sentence = f"{quote(selector)} is not a selector of dbt; it is such as path:models/shop."
            section.problem("select", "bad-selector", sentence)
    return Dbt(select)
