"""Findings that are known and accepted, each with a reason and an end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from millrace_local.problem import BAD_CONFIGURATION, Problem
from millrace_supply.component import Component
from millrace_supply.osv import Vulnerability

KEYS = {"id", "component", "reason", "until"}


@dataclass(frozen=True)
class Accepted:
    """identity: an id or alias of the vulnerability; component: its full name; until: the last day that it holds."""

    identity: str
    component: str
    reason: str
    until: date

    def covers(self, component: Component, vulnerability: Vulnerability) -> bool:
        """True for what this is about."""
        named = self.identity in {vulnerability.identity, *vulnerability.aliases}
        return named and component.full_name == self.component


def accepted(path: Path) -> Sequence[Accepted]:
    """Raises Problem (exit code 2) naming an entry that says not enough."""
    entries = yaml.safe_load(path.read_text("utf-8")) or []
    found = []
    for number, entry in enumerate(entries, 1):
        if not isinstance(entry, dict) or set(entry) != KEYS or not all(entry.values()):
            sentence = f"{path.name}: entry {number} must have {', '.join(sorted(KEYS))} and nothing else."
            raise Problem(
                sentence, "Say which finding, of what, why it is accepted, and until when.", BAD_CONFIGURATION
            )
        if not isinstance(entry["until"], date):
            raise Problem(
                f"{path.name}: entry {number}: until is no day.", "Write it as 2027-01-31.", BAD_CONFIGURATION
            )
        found.append(Accepted(str(entry["id"]), str(entry["component"]), str(entry["reason"]), entry["until"]))
    return found
