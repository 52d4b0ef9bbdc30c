"""Settings: the defaults of .env.example, then .env, then the environment; the later one wins."""

import difflib
import os
from collections.abc import Mapping
from pathlib import Path

from millrace_contract.folder import server_prefixes
from millrace_local.env_file import has_control_characters, read_env_file
from millrace_local.problem import BAD_CONFIGURATION, Problem
from millrace_local.samples import sample_defaults

# What the settings of a server end in, after its prefix.
ENDINGS = (
    *("HOST", "PORT", "HTTP_PORT", "DB", "USER", "PASSWORD", "PASSWORD_FILE", "SSLMODE", "SSLROOTCERT"),
    *("SSLCERT", "SSLKEY", "SECURE", "CA_FILE", "CLUSTER", "HASH_SALT", "HASH_SALT_FILE"),
)


def of(prefixes: set[str], key: str) -> bool:
    """True for a setting that names a server which a pipeline file names by one of these prefixes."""
    return any(key == f"{prefix}_{ending}" for prefix in prefixes for ending in ENDINGS)


def misspelled(given: Mapping[str, str], known: Mapping[str, str], own: set[str], path: Path) -> list[str]:
    """Sentences for keys that are almost, but not quite, a known setting. own: prefixes that pipelines name."""
    found = []
    for key in given:
        if key in known or any(key.startswith(f"{prefix}_") for prefix in own):
            continue
        close = difflib.get_close_matches(key, known, n=1, cutoff=0.85)
        if close:
            found.append(f"{path.name}: unknown setting {key}; did you mean {close[0]}?")
    return found


def port_problems(values: Mapping[str, str], ours: Mapping[str, str]) -> list[str]:
    """Sentences for ports that are no port, and for ports of our own servers that are given twice."""
    problems: list[str] = []
    seen: dict[str, str] = {}
    for key in (k for k in values if k.endswith("_PORT")):
        text = values[key]
        if not (text.isdigit() and 0 < int(text) < 65536):
            problems.append(f"{key}={text} is not a port (1 to 65535)")
        elif key not in ours:
            continue
        elif text in seen:
            problems.append(f"{key} and {seen[text]} are both {text}; each service needs its own port")
        else:
            seen[text] = key
    return problems


def password_problems(values: Mapping[str, str]) -> list[str]:
    """Sentences for passwords that no server could be given."""
    problems = []
    for key in (k for k in values if k.endswith("_PASSWORD")):
        if not values[key]:
            problems.append(f"{key} is empty; every login needs a password")
        elif has_control_characters(values[key]):
            problems.append(f"{key} holds a control character; choose a password without it")
    return problems


def default_settings(root: Path) -> dict[str, str]:
    """Every known setting with its documented default."""
    return read_env_file(root / ".env.example")[0]


def all_defaults(root: Path, folder: Path) -> dict[str, str]:
    """The documented defaults, and those of the sample sources of a folder of pipelines."""
    known = default_settings(root)
    return sample_defaults(root, folder, known) | known


def load_settings(root: Path, environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Every setting by name.

    Raises Problem (exit code 2) with all mistakes at once.
    """
    known = default_settings(root)
    folder = Path(environment.get("MILLRACE_PIPELINES") or root / "pipelines")
    own = server_prefixes(folder)
    given: dict[str, str] = {}
    problems: list[str] = []
    if (root / ".env").is_file():
        given, problems = read_env_file(root / ".env")
        problems += misspelled(given, known, own, root / ".env")
    given |= {key: value for key, value in environment.items() if value and (key in known | given or of(own, key))}
    values = known | given
    values = sample_defaults(root, folder, values) | values
    problems += port_problems(values, known) + password_problems(values)
    if problems:
        raise Problem("\n  ".join(problems), "Correct .env (see .env.example) and run this again.", BAD_CONFIGURATION)
    return values
