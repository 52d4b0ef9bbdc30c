"""Reads .env as a shell (`. ./.env`) and docker compose read it; a value that they read otherwise is refused."""

import re
from pathlib import Path

ASSIGNMENT = re.compile(r"[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)")
COMMENT = re.compile(r"[ \t]*(#.*)?")
END = re.compile(r"[ \t]*|[ \t]* #.*")
# Characters that end a word or start something else in a shell, and quotes, which compose takes for themselves there.
UNQUOTED_END = re.compile(r"[\s'\"\\$`|&;()<>]")
# A shell puts a home directory in the place of this one.
TILDE = re.compile(r"(?:^|:)~")
ESCAPED = re.compile(r'\\(["\\$])')
IN_SINGLE_QUOTES = "Put it in single quotes: {name}='…'"
IN_DOUBLE_QUOTES = """Put it in double quotes, with a backslash before each ", \\ and $: {name}="…\""""
IN_NO_QUOTES = (
    "No quotes mean the same to both for a value that holds ` together with ' or ends in \\: choose another one."
)


class Differs(Exception):
    """A value that is not read alike. reason: a sentence without the value; value: what it most likely means."""

    def __init__(self, reason: str, value: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.value = value

    def hint(self, name: str) -> str:
        """How to write the value, which it does not show."""
        return quoting(self.value).format(name=name)


def read_env_file(path: Path) -> tuple[dict[str, str], list[str]]:
    """KEY=VALUE lines of a file, and a sentence for each line that is none or whose value is not read alike."""
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        place = error.object[: error.start].count(b"\n") + 1
        return {}, [f"{path.name}:{place}: is not UTF-8. Save the file as UTF-8."]
    values: dict[str, str] = {}
    problems: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        try:
            values |= read_line(line)
        except ValueError as error:
            problems.append(f"{path.name}:{number}: {error}")
    return values, problems


def read_line(line: str) -> dict[str, str]:
    """What a line sets; empty for a comment. Raises ValueError with a sentence that does not show the value."""
    if line.endswith("\r"):
        raise ValueError("ends as lines do on Windows. Run: sed -i 's/\\r$//' .env")
    if line.startswith("\ufeff"):
        raise ValueError("begins with a byte order mark. Save the file without it.")
    if COMMENT.fullmatch(line):
        return {}
    match = ASSIGNMENT.fullmatch(line)
    if match is None:
        raise ValueError(f"not KEY=VALUE: {line.split('=')[0].strip()[:40]}")
    name, text = match[1], match[2]
    try:
        value = value_of(text)
    except Differs as differs:
        raise ValueError(f"{name}: {differs.reason} {differs.hint(name)}") from None
    if has_control_characters(value):
        raise ValueError(f"{name} holds a control character. Write the value without it.")
    return {name: value}


def has_control_characters(value: str) -> bool:
    """True for a value with characters that nobody can see, a line end among them."""
    return any(ord(c) < 32 or ord(c) == 127 for c in value)


def value_of(text: str) -> str:
    """The value that stands right of `=`. Raises Differs when a shell or docker compose read another one."""
    if text.startswith("'"):
        return single_quoted(text)
    if text.startswith('"'):
        return double_quoted(text)
    return unquoted(text)


def single_quoted(text: str) -> str:
    inside, closed, rest = text[1:].partition("'")
    whole = text.rstrip()[1:-1] if text.rstrip().endswith("'") else text[1:]
    if not closed or not END.fullmatch(rest):
        raise Differs("its single quotes do not enclose the whole value.", whole)
    if inside.endswith("\\"):
        raise Differs("docker compose does not see the end of a value in single quotes that ends in \\.", inside)
    return inside


def double_quoted(text: str) -> str:
    match = re.match(r'"((?:\\.|[^"\\])*)"', text)
    if match is None or not END.fullmatch(text[match.end() :]):
        whole = text.rstrip()[1:-1] if text.rstrip().endswith('"') else text[1:]
        raise Differs("its double quotes do not enclose the whole value.", whole)
    plain = ESCAPED.sub("", match[1])
    if "`" in plain or "\\" in plain or "$" in plain:
        raise Differs(
            "between double quotes a shell and docker compose read `, \\ and $ in ways of their own.", match[1]
        )
    return ESCAPED.sub(r"\1", match[1])


def unquoted(text: str) -> str:
    stop = UNQUOTED_END.search(text)
    value, rest = (text[: stop.start()], text[stop.start() :]) if stop else (text, "")
    if rest and (not END.fullmatch(rest) or (not value and "#" in rest)):
        raise Differs("a shell and docker compose read it differently.", text.strip())
    if TILDE.search(value):
        raise Differs("a shell reads ~ as the home directory.", value)
    return value


def quoting(value: str) -> str:
    """A sentence on how to write this value, with the setting's {name} to be filled in."""
    if "'" not in value and not value.endswith("\\"):
        return IN_SINGLE_QUOTES
    return IN_NO_QUOTES if "`" in value else IN_DOUBLE_QUOTES
