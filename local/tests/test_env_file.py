"""A value of .env is what a shell and docker compose read there, or it is refused."""

import json
import os
import random
import re
import shutil
import string
import subprocess
import sys
from pathlib import Path

import pytest

from millrace_local.env_file import IN_NO_QUOTES, IN_SINGLE_QUOTES, quoting, read_env_file

HAS_COMPOSE = shutil.which("docker") is not None and (
    subprocess.run(["docker", "compose", "version"], capture_output=True).returncode == 0
)
PRINT = f"{sys.executable} -c 'import json, os; print(json.dumps(dict(os.environ)))'"
BARE = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "LC_ALL": "C.UTF-8"}
PRINTABLE = list(map(chr, range(32, 127)))
WORDS = [
    "00123",
    "no",
    "null",
    "1e5",
    "12:30",
    "~",
    "{{ 1 }}",
    "${HOME}",
    "$$",
    "%(x)s",
    "%20",
    "é",
    "пароль",
    "密",
    "🔑",
]
SPECIAL = "'\"$`\\#&<>%{}[];!~=:*?() "


def file_of(tmp_path: Path, values: dict[str, str]) -> Path:
    path = tmp_path / ".env"
    path.write_text("".join(f"{name}={value}\n" for name, value in values.items()), "utf-8")
    return path


def read_by_shell(path: Path, shell: str) -> dict[str, str]:
    done = subprocess.run(
        [shell, "-c", f"set -a; . {path}; {PRINT}"], env=BARE, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def read_by_compose(path: Path, names: list[str]) -> tuple[dict[str, str], dict[str, str]]:
    """As a service's env_file gives them, and as the compose file's own variables."""
    interpolated = {f"I_{name}": f"${{{name}}}" for name in names}
    file = path.with_name("compose.json")
    service = {"image": "x", "env_file": [str(path)], "environment": interpolated}
    file.write_text(json.dumps({"services": {"a": service}}))
    argv = ["docker", "compose", "--file", str(file), "--env-file", str(path), "config", "--format", "json"]
    done = subprocess.run(argv, env=BARE, capture_output=True, text=True, check=True)
    seen = json.loads(done.stdout)["services"]["a"]["environment"]
    plain = {name: value.replace("$$", "$") for name, value in seen.items()}
    return {n: plain[n] for n in names}, {n: plain[f"I_{n}"] for n in names}


def quoted(value: str) -> str | None:
    """The value as our hints say to write it; None when nothing means the same to all readers."""
    if set(value) <= set(string.ascii_letters + string.digits + "_@%+=:,./-"):
        return value
    if quoting(value) == IN_SINGLE_QUOTES:
        return f"'{value}'"
    return None if quoting(value) == IN_NO_QUOTES else '"' + re.sub(r'(["\\$])', r"\\\1", value) + '"'


def passwords() -> list[str]:
    """Every printable character at the beginning, in the middle and at the end, and many mixtures."""
    single = [word for c in PRINTABLE for word in (f"a{c}b", f"{c}ab", f"ab{c}", c)]
    dice = random.Random(7)
    mixed = ["".join(dice.choices(SPECIAL + "ab1", k=dice.randint(1, 12))) for _ in range(400)]
    return [
        *single,
        *WORDS,
        *mixed,
        "".join(c for c in PRINTABLE if c != "`"),
        "".join(c for c in PRINTABLE if c != "'"),
    ]


def written(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """A file that holds all passwords that can be said, and the passwords."""
    sayable = {f"K{n}": word for n, word in enumerate(passwords()) if quoted(word) is not None}
    return file_of(tmp_path, {name: quoted(word) or "" for name, word in sayable.items()}), sayable


def test_what_is_quoted_as_we_say_is_read_as_it_was(tmp_path: Path) -> None:
    path, expected = written(tmp_path)
    assert read_env_file(path) == (expected, [])


@pytest.mark.parametrize("shell", ["bash", "sh"])
def test_a_shell_reads_the_same(tmp_path: Path, shell: str) -> None:
    path, expected = written(tmp_path)
    assert {k: v for k, v in read_by_shell(path, shell).items() if k in expected} == expected


@pytest.mark.skipif(not HAS_COMPOSE, reason="needs docker compose, though no engine")
def test_compose_reads_the_same(tmp_path: Path) -> None:
    path, expected = written(tmp_path)
    as_file, as_variables = read_by_compose(path, list(expected))
    assert as_file == expected
    assert as_variables == expected


def test_whatever_we_accept_a_shell_and_compose_read_alike(tmp_path: Path) -> None:
    """Lines made at random: most are refused, and those that are not mean the same to all."""
    dice = random.Random(11)
    alphabet = SPECIAL + "ab\t" + "'\"\\$#" * 2
    lines = {f"K{n}": "".join(dice.choices(alphabet, k=dice.randint(0, 7))) for n in range(6000)}
    lines |= {f"Q{n}": f"{q}{v}{q}" for n, v in enumerate(lines.values()) for q in "'\"" if n % 3 == 0}
    accepted = {}
    for name, text in lines.items():
        values, problems = read_env_file(file_of(tmp_path, {name: text}))
        if not problems:
            accepted |= values
    assert len(accepted) > 300
    path = file_of(tmp_path, {name: lines[name] for name in accepted})
    told = read_by_shell(path, "bash")
    assert {lines[n]: told.get(n) for n in accepted if told.get(n) != accepted[n]} == {}
    if HAS_COMPOSE:
        for seen in read_by_compose(path, list(accepted)):
            assert {lines[n]: seen[n] for n in accepted if seen[n] != accepted[n]} == {}


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("a b", "KEY='…'"),
        ("a$b", "KEY='…'"),
        ("a&b", "KEY='…'"),
        ("~/x", "KEY='…'"),
        ("a'b", 'KEY="…"'),
        ("'it's'", 'KEY="…"'),
        ("'a\\'", 'KEY="…"'),
        ('"a$b"', "KEY='…'"),
        ('"a`b"', "KEY='…'"),
        ('"it\'s $b"', 'KEY="…"'),
        ("'a`'b'", "choose another"),
        ("'x'y", 'KEY="…"'),
        (" x", "KEY='…'"),
    ],
)
def test_a_refusal_says_how_to_quote_and_never_shows_the_value(tmp_path: Path, text: str, hint: str) -> None:
    values, [problem] = read_env_file(file_of(tmp_path, {"KEY": text}))
    assert values == {}
    assert problem.startswith(".env:1: KEY")
    assert hint in problem
    assert len(text) < 4 or text not in problem


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"K=x\r\n", "Windows"),
        (b"\xef\xbb\xbfK=x\n", "byte order mark"),
        (b"A=1\nK=\xff\n", ".env:2: is not UTF-8"),
        (b"K='a\x07b'\n", "control character"),
        (b"MY KEY=secret\n", "not KEY=VALUE: MY KEY"),
        (b"K\n", "not KEY=VALUE: K"),
    ],
)
def test_lines_that_are_none(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / ".env"
    path.write_bytes(content)
    [problem] = read_env_file(path)[1]
    assert words in problem


@pytest.mark.parametrize(
    ("text", "value"), [("'a b'", "a b"), ('"a # b"', "a # b"), ("a # b", "a"), ("#x", "#x"), ("", ""), ("a=b", "a=b")]
)
def test_quotes_and_comments(tmp_path: Path, text: str, value: str) -> None:
    assert read_env_file(file_of(tmp_path, {"KEY": text})) == ({"KEY": value}, [])


def test_every_printable_character_can_be_said() -> None:
    assert all(quoted(c) is not None for c in string.printable if c.isprintable())
