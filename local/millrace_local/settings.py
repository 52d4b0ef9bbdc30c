"""Settings: the defaults of .env.example, then .env, then the environment; the later one wins."""

import difflib
import os
import re
from collections.abc import Mapping
from pathlib import Path

from millrace_local.problem import BAD_CONFIGURATION, Problem

LINE = re.compile(r"(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)")


def read_env_file(path: Path) -> tuple[dict[str, str], list[str]]:
    """KEY=VALUE lines of a file, and a sentence for each line that is none."""
    values: dict[str, str] = {}
    problems: list[str] = []
    for number, raw in enumerate(path.read_text().splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        match = LINE.fullmatch(line)
        if match is None:
            problems.append(f"{path.name}:{number}: not KEY=VALUE: {line.split('=')[0][:40]}")
            continue
        values[match[1]] = unquoted(match[2])
    return values, problems


def unquoted(text: str) -> str:
    """The value as a shell would read it, for the simple quotes that .env files use."""
    if len(text) >= 2 and text[0] == text[-1] and text[0] in "'\"":
        return text[1:-1]
    return text.split(" #")[0].rstrip()


def misspelled(given: Mapping[str, str], known: Mapping[str, str], path: Path) -> list[str]:
    """Sentences for keys that are almost, but not quite, a known setting."""
    found = []
    for key in given:
        close = difflib.get_close_matches(key, known, n=1, cutoff=0.85)
        if key not in known and close:
            found.append(f"{path.name}: unknown setting {key}; did you mean {close[0]}?")
    return found


def port_problems(values: Mapping[str, str]) -> list[str]:
    """Sentences for ports that are no port or are given twice."""
    problems: list[str] = []
    seen: dict[str, str] = {}
    for key in (k for k in values if k.endswith("_PORT")):
        text = values[key]
        if not (text.isdigit() and 0 < int(text) < 65536):
            problems.append(f"{key}={text} is not a port (1 to 65535)")
        elif text in seen:
            problems.append(f"{key} and {seen[text]} are both {text}; each service needs its own port")
        else:
            seen[text] = key
    return problems


def default_settings(root: Path) -> dict[str, str]:
    """Every known setting with its documented default."""
    return read_env_file(root / ".env.example")[0]


def load_settings(root: Path, environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Every setting by name.

    Raises Problem (exit code 2) with all mistakes at once.
    """
    known = default_settings(root)
    values = dict(known)
    problems: list[str] = []
    if (root / ".env").is_file():
        given, problems = read_env_file(root / ".env")
        problems += misspelled(given, known, root / ".env")
        values |= given
    values |= {key: environment[key] for key in values if environment.get(key)}
    problems += port_problems(values)
    if problems:
        raise Problem("\n  ".join(problems), "Correct .env (see .env.example) and run this again.", BAD_CONFIGURATION)
    return values
