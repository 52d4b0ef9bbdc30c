"""Reads the section that says what is told to others."""

from millrace_contract.pipeline import Alerts
from millrace_contract.problems import quote, suggestion
from millrace_contract.section import Section

ALERTS = ("when", "stale_after_minutes")
KINDS = ("failed", "stale", "shape-changed", "values-replaced")
MAX_MINUTES = 999_999


def alerts(section: Section | None) -> Alerts | None:
    """The `alerts` section; None where the file has none."""
    if section is None:
        return None
    found = Alerts(kinds(section), section.whole("stale_after_minutes", MAX_MINUTES, 0))
    if "when" in section and "stale" in found.when and "stale_after_minutes" not in section:
        sentence = '"stale" needs the key "stale_after_minutes" in alerts: after how long a table is stale.'
        section.problem("when", "missing-key", sentence)
    return found


def kinds(section: Section) -> tuple[str, ...]:
    """The kinds of alerts, each once; all of them where none is named."""
    if "when" not in section:
        return KINDS
    named = section.texts("when")
    for word in named:
        if word not in KINDS:
            section.problem("when", "unknown-choice", f"Unknown kind of alert {quote(word)}.", suggestion(KINDS, word))
    return tuple(dict.fromkeys(word for word in named if word in KINDS))
