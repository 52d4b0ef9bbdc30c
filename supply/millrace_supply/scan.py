"""Compares what the product is made of with what is known against it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from millrace_supply.accepted import Accepted
from millrace_supply.component import Component
from millrace_supply.osv import Known, Vulnerability, found_in


@dataclass(frozen=True)
class Result:
    """parts: who uses the component; accepted: the entry that covers it."""

    component: Component
    parts: tuple[str, ...]
    vulnerability: Vulnerability
    accepted: Accepted | None

    def holds(self, today: date) -> bool:
        """True for what is accepted, and still is."""
        return self.accepted is not None and today <= self.accepted.until

    def line(self, today: date) -> str:
        """One line for people."""
        known = self.vulnerability
        names = ", ".join([known.identity, *sorted(known.aliases)])
        what = (
            f"{self.component.full_name} {self.component.version} ({', '.join(self.parts)}): {names}: {known.summary}"
        )
        if self.holds(today) and self.accepted:
            return f"✓ {what}. Accepted until {self.accepted.until}: {self.accepted.reason}"
        if self.accepted:
            return f"✗ {what}. Was accepted until {self.accepted.until}: look at it again"
        return f"✗ {what}. {'Fixed in ' + ', '.join(known.fixed) if known.fixed else 'No version is known to fix it'}"


def scan(parts: Mapping[str, Sequence[Component]], known: Known, accepted: Sequence[Accepted]) -> Iterator[Result]:
    """A result a component and vulnerability."""
    users: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    components: dict[tuple[str, str, str], Component] = {}
    for part, used in parts.items():
        for each in used:
            users[each.kind, each.full_name, each.version].append(part)
            components[each.kind, each.full_name, each.version] = each
    for key, component in sorted(components.items()):
        for vulnerability in found_in(component, known):
            entry = next((a for a in accepted if a.covers(component, vulnerability)), None)
            yield Result(component, tuple(users[key]), vulnerability, entry)


def newest(known: Known) -> str:
    """The day of the newest record."""
    return max((str(record.get("modified", "")) for about in known.values() for record, _ in about), default="")[:10]


def unused(accepted: Sequence[Accepted], results: Sequence[Result]) -> list[Accepted]:
    """Entries that cover nothing."""
    used = {result.accepted for result in results}
    return [entry for entry in accepted if entry not in used]


def existing(paths: Sequence[Path]) -> list[Path]:
    """Those that are there."""
    return [path for path in paths if path.exists()]
