"""Reads the sections that say when something is done."""

import re
from datetime import date

from millrace_contract.cron import PRESETS, is_schedule
from millrace_contract.pipeline import Dag, Generate
from millrace_contract.problems import quote
from millrace_contract.section import Section

DAG = ("id", "schedule", "start_date", "retries", "retry_delay_minutes")
GENERATE = ("dag", "schedule")
ID = re.compile(r"[A-Za-z0-9_.-]{1,250}")  # what Airflow takes as the id of a DAG or a task
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MAX_NUMBER = 999_999


def dag(section: Section | None, pipeline: str) -> Dag:
    """The `dag` section, each key of which has a default."""
    default = Dag(pipeline)
    if section is None:
        return default
    return Dag(
        id=dag_id(section, "id", default.id),
        schedule=schedule(section, default.schedule),
        start_date=start_date(section, default.start_date),
        retries=section.whole("retries", MAX_NUMBER, default.retries),
        retry_delay_minutes=section.whole("retry_delay_minutes", MAX_NUMBER, default.retry_delay_minutes),
    )


def generate(section: Section | None, pipeline: str) -> Generate | None:
    """The `generate` section; None where the file has none."""
    if section is None:
        return None
    default = Generate(f"{pipeline}_generate")
    return Generate(dag_id(section, "dag", default.dag), schedule(section, default.schedule))


def dag_id(section: Section, key: str, default: str) -> str:
    """What Airflow calls a DAG."""
    identifier = section.text(key, default)
    if key in section and not ID.fullmatch(identifier):
        sentence = f"{quote(identifier)} cannot be the id of a DAG: letters, digits and _ . - only, 250 at most."
        section.problem(key, "bad-dag-id", sentence)
    return identifier


def schedule(section: Section, default: str | None) -> str | None:
    """The preset or cron expression; None when it has no schedule."""
    if "schedule" not in section:
        return default
    if section.is_null("schedule"):
        return None
    text = section.text("schedule")
    if text and not is_schedule(text):
        hint = f"A schedule is a cron expression of five fields or one of {', '.join(PRESETS)}."
        section.problem("schedule", "bad-schedule", f"{quote(text)} cannot be a schedule.", hint)
    return text


def start_date(section: Section, default: date) -> date:
    """The first day that is due."""
    if "start_date" not in section or section.is_null("start_date"):
        return default
    text = section.text("start_date")
    try:
        if DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass  # said below
    section.problem("start_date", "bad-date", f"{quote(text)} is not a date such as 2025-01-01.")
    return default
