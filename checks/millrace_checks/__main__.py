"""./check_all_works.sh [--security]: prints a line a finding; exit code 1 when any does not hold."""

import argparse
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from millrace_checks.charts import charts
from millrace_checks.dags import dag_runs
from millrace_checks.finding import Check, Finding
from millrace_checks.reconciliation import reconciliations
from millrace_checks.security.checks import security_checks
from millrace_checks.streams import stream
from millrace_checks.tables import last_loads, table_counts
from millrace_checks.webhook import webhook
from millrace_dags.markdown import visible
from millrace_local.followers import followers
from millrace_local.layout import Layout
from millrace_local.outcome import exit_code
from millrace_local.pipelines import pipelines
from millrace_local.problem import UNREACHABLE, Problem
from millrace_local.samples import samples
from millrace_local.services import Service
from millrace_local.services import services as needed
from millrace_local.settings import load_settings


def services(settings: Mapping[str, str], known: Iterable[Service], has_samples: bool) -> Iterator[Finding]:
    """A finding a service: it answers on its port and says that it is well.

    has_samples: whether a pipeline reads from our own PostgreSQL, which is not looked at otherwise.
    """
    looked_at = [service for service in known if service.name != "postgres" or has_samples]
    with ThreadPoolExecutor() as pool:
        healthy = pool.map(lambda service: service.healthy(settings), looked_at)
        for service, well in zip(looked_at, healthy, strict=True):
            port = service.listens_on(settings)
            place = f"port {port}" if port else "by Airflow's word"
            yield Finding(service.name, well, f"{'healthy' if well else 'NOT healthy'}, {place}")


def refuse_stopped(settings: Mapping[str, str], known: Iterable[Service]) -> None:
    """Raises Problem (exit code 3) when nothing runs at all: then there is nothing to tell apart."""
    with ThreadPoolExecutor() as pool:
        if not any(pool.map(lambda service: service.healthy(settings), known)):
            raise Problem("Millrace is not running.", "Start it: ./run.sh", UNREACHABLE)


def all_checks(layout: Layout, settings: Mapping[str, str]) -> list[Check]:
    """Everything that is looked at, in the order of the data's way."""
    known = list(pipelines(layout.pipelines))
    has_samples = bool(samples(layout.root, layout.pipelines, settings))
    return [
        Check("services", partial(services, settings, needed(layout.pipelines).values(), has_samples)),
        *(Check(f.name, partial(stream, f)) for f in followers(layout.pipelines)),
        *(Check(f"tables of {p.name}", partial(table_counts, settings, p)) for p in known),
        *(Check(f"audit of {p.name}", partial(last_loads, settings, p)) for p in known if not p.follow),
        *(Check(f"checks of {p.name}", partial(reconciliations, settings, layout.pipelines, p)) for p in known),
        Check("Airflow", partial(dag_runs, settings, known)),
        Check("webhook", partial(webhook, settings, known)),
        Check("Superset", partial(charts, settings)),
    ]


def show(finding: Finding, colour: bool, width: int) -> None:
    """One line, green or red on a terminal. width: of the subject's column, in characters."""
    mark = "✓" if finding.holds else "✗"
    shown = f"\033[{32 if finding.holds else 31}m{mark}\033[0m" if colour else mark
    print(f"{shown} {visible(finding.subject):<{width}} {visible(finding.detail)}", flush=True)


def main() -> int:
    """Looks at everything at once and prints in order; 0 when all holds, 1 otherwise."""
    parser = argparse.ArgumentParser("check_all_works.sh", description="Walks the running product, source to charts.")
    parser.add_argument("--security", action="store_true", help="try its doors instead: who may do what, with what")
    options = parser.parse_args()
    began = time.monotonic()
    layout = Layout.from_environment()
    settings = load_settings(layout.root)
    refuse_stopped(settings, needed(layout.pipelines).values())
    with ThreadPoolExecutor() as pool:
        checks = security_checks(layout, settings) if options.security else all_checks(layout, settings)
        width = 62 if options.security else 34
        found = [f for findings in pool.map(Check.findings, checks) for f in note(findings, width)]
    wrong = sum(not finding.holds for finding in found)
    right = "Every door is as it should be" if options.security else "All works"
    verdict = f"{wrong} of {len(found)} checks do not hold" if wrong else right
    print(f"\n{verdict}: {len(found) - wrong} passed, {wrong} failed, {time.monotonic() - began:.1f} s")
    return 1 if wrong else 0


def note(findings: list[Finding], width: int) -> list[Finding]:
    """Shows findings as soon as they and all before them are known."""
    for finding in findings:
        show(finding, sys.stdout.isatty(), width)
    return findings


if __name__ == "__main__":
    sys.exit(exit_code(main))
