"""Says when passwords that everybody can read in the documentation guard servers that a network reaches."""

from collections.abc import Mapping

LOOPBACK = ("127.0.0.1", "::1", "localhost")


def is_exposed(settings: Mapping[str, str]) -> bool:
    """True when other machines may reach the servers."""
    return settings["MILLRACE_BIND"] not in LOOPBACK


def documented_passwords(settings: Mapping[str, str], defaults: Mapping[str, str]) -> list[str]:
    """The names of passwords that are still the documented ones."""
    return sorted(name for name in defaults if name.endswith("_PASSWORD") and settings[name] == defaults[name])


def exposure(settings: Mapping[str, str], defaults: Mapping[str, str]) -> str:
    """A sentence for a start; empty when all is well."""
    names = documented_passwords(settings, defaults)
    if not names or not is_exposed(settings):
        return ""
    return (
        f"the network reaches {settings['MILLRACE_BIND']}, and everybody knows {', '.join(names)}: change them in .env"
    )
