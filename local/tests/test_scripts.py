"""The scripts that people call run where bash is 3.2 and the tools are BSD's, as on macOS."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPTS = [
    *sorted(path.name for path in ROOT.glob("*.sh")),
    "local/bootstrap.sh",
    *sorted(str(path.relative_to(ROOT)) for path in (ROOT / "jdk").glob("*.sh")),
]
# What bash has only since 4.0 or later, and options that only GNU's tools have. `readlink -f` came to macOS with 12.3.
NEWER = {
    "an array read from lines": r"\b(mapfile|readarray)\b",
    "an associative array": r"\b(declare|local|typeset) -[a-zA-Z]*A",
    "a name reference": r"\b(declare|local|typeset) -[a-zA-Z]*n\b",
    "a change of case": r"\$\{\w+(\^|,)",
    "a transformation": r"\$\{[^}]*@[A-Za-z]\}",
    "both outputs appended or piped": r"&>>|\|&",
    "a coprocess": r"\bcoproc\b",
    "a test whether a variable is set": r"\[\[ -v\b",
    "a wait for any job": r"\bwait -n\b",
    "the time without a program": r"\bprintf '%\(|\$EPOCH",
    "an array that may be empty under set -u": r'"\$\{\w+\[@\]\}"',
    "sed in place without a suffix": r"\bsed -i\b",
    "a date read by GNU's date": r"\bdate (-d|--date)\b",
    "GNU's stat": r"\bstat (-c|--format)\b",
    "Perl's expressions in grep": r"\bgrep -[a-zA-Z]*P",
    "a sort of versions": r"\bsort -[a-zA-Z]*V",
}


def code_of(script: str) -> list[tuple[int, str]]:
    """The lines that are no comments."""
    lines = (ROOT / script).read_text("utf-8").splitlines()
    return [(number, line) for number, line in enumerate(lines, 1) if not line.lstrip().startswith("#")]


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_needs_no_newer_bash_and_no_gnu_tool(script: str) -> None:
    found = [
        f"{script}:{number}: {what}"
        for number, line in code_of(script)
        for what, pattern in NEWER.items()
        if re.search(pattern, line)
    ]
    assert found == []


def test_the_rules_find_what_they_are_for() -> None:
    for line in ("mapfile -t a", "local -A x", "echo ${name^^}", "sed -i s/a/b/ f", 'run "${words[@]}"', "a |& b"):
        assert any(re.search(pattern, line) for pattern in NEWER.values()), line
