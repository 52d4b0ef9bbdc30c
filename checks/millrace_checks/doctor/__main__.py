"""Prints a line for each thing that was looked at; exit code 1 when something is to be done."""

import sys
from collections.abc import Iterator, Mapping
from functools import partial

from millrace_checks.__main__ import note
from millrace_checks.doctor.machine import machine, ports
from millrace_checks.doctor.source import source
from millrace_checks.doctor.warehouse import warehouse
from millrace_checks.finding import Check, Finding
from millrace_contract.pipeline import Pipeline
from millrace_local.layout import Layout
from millrace_local.outcome import exit_code
from millrace_local.pipelines import pipelines
from millrace_local.ports import is_free
from millrace_local.samples import samples
from millrace_local.services import services
from millrace_local.settings import load_settings

WIDTH = 34


def looks(layout: Layout, settings: Mapping[str, str]) -> list[Check]:
    """What is looked at, in the order in which it is shown."""
    known = list(pipelines(layout.pipelines))
    ours = {sample.pipeline for sample in samples(layout.root, layout.pipelines, settings)}
    writer = {**settings, "CLICKHOUSE_USER": "writer", "CLICKHOUSE_PASSWORD": settings["CLICKHOUSE_WRITER_PASSWORD"]}
    checks = [
        Check("machine", partial(machine, layout.root, layout.state)),
        Check("ports", partial(ports, settings, services(layout.pipelines))),
    ]
    for pipeline in known:
        checks.append(
            Check(f"source of {pipeline.name}", partial(of_sample, settings, pipeline, pipeline.name in ours))
        )
    for prefix in sorted({pipeline.target_env for pipeline in known}):
        asked = writer if prefix == "CLICKHOUSE" else settings
        checks.append(Check(f"ClickHouse ({prefix}_HOST)", partial(of_product, asked, prefix)))
    return checks


def of_sample(settings: Mapping[str, str], pipeline: Pipeline, is_ours: bool) -> Iterator[Finding]:
    """The source of a pipeline; that of a sample is there only while Millrace runs."""
    if is_ours and is_free(settings["MILLRACE_BIND"], int(settings["POSTGRES_PORT"])):
        yield Finding(f"source of {pipeline.name}", True, "sample data; ./run.sh starts its PostgreSQL")
        return
    yield from source(settings, pipeline)


def of_product(settings: Mapping[str, str], prefix: str) -> Iterator[Finding]:
    """A ClickHouse; the product's own is there only while it runs."""
    own = prefix == "CLICKHOUSE" and settings["CLICKHOUSE_HOST"] in ("127.0.0.1", "localhost")
    if own and is_free(settings["MILLRACE_BIND"], int(settings["CLICKHOUSE_HTTP_PORT"])):
        yield Finding(f"ClickHouse ({prefix}_HOST)", True, "./run.sh starts it")
        return
    yield from warehouse(settings, prefix)


def main() -> int:
    """Looks at one thing after the other: what is in the way of a start is seldom slow to tell."""
    layout = Layout.from_environment()
    settings = load_settings(layout.root)
    found = [finding for check in looks(layout, settings) for finding in note(check.findings(), WIDTH)]
    wrong = sum(not finding.holds for finding in found)
    print(f"\n{wrong} of {len(found)} need a hand" if wrong else "\nNothing is in the way")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(exit_code(main))
