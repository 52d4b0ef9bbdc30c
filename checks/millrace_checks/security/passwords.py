"""Passwords that everybody knows."""

from collections.abc import Iterator, Mapping

from millrace_checks.finding import Finding
from millrace_checks.security.door import door
from millrace_checks.security.listening import LOOPBACK


def passwords(settings: Mapping[str, str], defaults: Mapping[str, str]) -> Iterator[Finding]:
    """The documented passwords are for a machine that nobody else reaches; a finding each."""
    shown = settings["MILLRACE_BIND"] not in LOOPBACK
    for name in sorted(name for name in defaults if name.endswith("_PASSWORD")):
        usual = settings[name] == defaults[name]
        words = "is the documented one" if usual else "is one of your own"
        if usual and not shown:
            words += "; for this machine's own users"
        remedy = f"Change it in .env before the network sees it (MILLRACE_BIND={settings['MILLRACE_BIND']})"
        yield door(name, not (usual and shown), words, remedy)
    webhook = "The webhook knows no logins: put a proxy that asks for one before it, or bind to 127.0.0.1"
    yield door("webhook without a login", not shown, "this machine only" if not shown else "the network", webhook)
