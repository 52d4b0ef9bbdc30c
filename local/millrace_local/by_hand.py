"""./generate.sh, and ./run.sh --run-once: what is run by hand, with the settings of the product."""

import os
import subprocess
from collections.abc import Callable, Mapping, Sequence

from millrace_contract.pipeline import Pipeline
from millrace_local.dbt import build_models
from millrace_local.environment import inherited
from millrace_local.layout import Layout
from millrace_local.pipelines import pipelines
from millrace_local.problem import BAD_CONFIGURATION, Problem

# Runs a program of ours with these arguments and the terminal as it is; returns its exit code.
Program = Callable[[Sequence[str]], int]


def generate(layout: Layout, settings: Mapping[str, str], arguments: Sequence[str]) -> int:
    """Carries out ./generate.sh; the generator's own exit code."""
    program = layout.root / "generator/bin/generator"
    return subprocess.run([program, *arguments], env={**inherited(os.environ), **settings}, check=False).returncode


def loader(layout: Layout, settings: Mapping[str, str]) -> Program:
    """The loader, as ClickHouse's user who writes."""
    environment = {
        **inherited(os.environ),
        **settings,
        "CLICKHOUSE_USER": "writer",
        "CLICKHOUSE_PASSWORD": settings["CLICKHOUSE_WRITER_PASSWORD"],
        "MILLRACE_PIPELINES": str(layout.pipelines),
    }
    program = layout.root / "loader/bin/loader"
    return lambda arguments: subprocess.run([program, *arguments], env=environment, check=False).returncode


def run_once(layout: Layout, settings: Mapping[str, str], name: str, load: Program, full_refresh: bool) -> int:
    """Loads all tables of a pipeline and has dbt build its models, without Airflow.

    full_refresh: whether what is incremental is loaded and built whole.

    Returns the exit code of the first part that fails; raises Problem (exit code 2) when there is no such pipeline.
    """
    pipeline = named(layout, name)
    whole = ["--full-refresh"] if full_refresh else []
    for command in (["init"], ["load", *whole]):
        if code := load([*command, "--pipeline", name]):
            return code
    if pipeline.dbt:
        print(build_models(settings, name, full_refresh))
    return 0


def named(layout: Layout, name: str) -> Pipeline:
    """The pipeline of this name."""
    known = {pipeline.name: pipeline for pipeline in pipelines(layout.pipelines)}
    if name not in known:
        sentence = f"there is no pipeline {name} in {layout.pipelines}."
        raise Problem(sentence, f"There are: {', '.join(known)}", BAD_CONFIGURATION)
    return known[name]
