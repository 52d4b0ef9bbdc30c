"""Passwords that everybody can read in the documentation guard no servers that a network reaches."""

from collections.abc import Mapping

from millrace_local.problem import BAD_CONFIGURATION, Problem

LOOPBACK = ("127.0.0.1", "::1", "localhost")


def is_exposed(settings: Mapping[str, str]) -> bool:
    """True when other machines may reach the servers."""
    return settings["MILLRACE_BIND"] not in LOOPBACK


def documented_passwords(settings: Mapping[str, str], defaults: Mapping[str, str]) -> list[str]:
    """The names of passwords that are still the documented ones."""
    return sorted(name for name in defaults if name.endswith("_PASSWORD") and settings[name] == defaults[name])


def refuse_exposed(settings: Mapping[str, str], defaults: Mapping[str, str]) -> None:
    """Raises Problem when a network would reach servers by what everybody knows, or by nothing at all."""
    if not is_exposed(settings):
        return
    bind = settings["MILLRACE_BIND"]
    if names := documented_passwords(settings, defaults):
        sentence = f"The network would reach {bind}, and everybody knows {', '.join(names)}."
        raise Problem(sentence, "Change them in .env, or leave MILLRACE_BIND at 127.0.0.1.", BAD_CONFIGURATION)
    if not settings["WEBHOOK_TOKEN"]:
        sentence = f"The network would reach {bind}, and WEBHOOK_TOKEN is empty: anybody could run dbt."
        hint = "Put a long random text into .env as WEBHOOK_TOKEN: openssl rand -hex 32 makes one."
        raise Problem(sentence, hint, BAD_CONFIGURATION)
