"""Passwords that everybody knows."""

from collections.abc import Iterator, Mapping

from millrace_checks.finding import Finding
from millrace_checks.security.door import door
from millrace_local.exposed import documented_passwords, is_exposed


def passwords(settings: Mapping[str, str], defaults: Mapping[str, str]) -> Iterator[Finding]:
    """The documented passwords are for a machine that nobody else reaches; a finding each."""
    shown, known = is_exposed(settings), documented_passwords(settings, defaults)
    for name in sorted(name for name in defaults if name.endswith("_PASSWORD")):
        usual = name in known
        words = "is the documented one" if usual else "is one of your own"
        if usual and not shown:
            words += "; for this machine's own users"
        remedy = f"Change it in .env before the network sees it (MILLRACE_BIND={settings['MILLRACE_BIND']})"
        yield door(name, not (usual and shown), words, remedy)
    webhook = "The webhook knows no logins: put a proxy that asks for one before it, or bind to 127.0.0.1"
    yield door("webhook without a login", not shown, "this machine only" if not shown else "the network", webhook)
