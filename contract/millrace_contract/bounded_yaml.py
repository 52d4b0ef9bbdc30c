"""YAML within bounds, which the Java reader has, too: beyond them a small file could take all memory."""

import re
from pathlib import Path
from typing import Any

import yaml

from millrace_contract.problems import Problems

MAX_BYTES = 1 << 20
MAX_DEPTH = 50
MAX_ALIASES = 50
# What no file of YAML may hold, and what ends lines in YAML 1.1 but not in YAML 1.2.
ODD = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class BoundedLoader(yaml.SafeLoader):
    """With the escapes that YAML 1.2 has, too; refuses what is nested too deep or has too many aliases."""

    depth = 0
    aliases = 0

    ESCAPE_REPLACEMENTS = {  # type: ignore[misc]
        c: meant for c, meant in yaml.SafeLoader.ESCAPE_REPLACEMENTS.items() if c not in "LP"
    }

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """As of any loader, within the bounds."""
        self.depth += 1
        self.aliases += self.check_event(yaml.AliasEvent)
        if self.depth > MAX_DEPTH:
            self.refuse(f"nested more than {MAX_DEPTH} deep")
        if self.aliases > MAX_ALIASES:
            self.refuse(f"more than {MAX_ALIASES} aliases")
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def refuse(self, what: str) -> None:
        """Ends reading where the next event begins."""
        raise yaml.composer.ComposerError(None, None, what, self.peek_event().start_mark)  # type: ignore[no-untyped-call]


def root_of_file(path: Path, problems: Problems) -> yaml.Node | None:
    """The node of a file; None, and a problem, where it cannot be read."""
    try:
        if path.stat().st_size > MAX_BYTES:
            sentence = f"The file has more than {MAX_BYTES} bytes: a pipeline file is a list of tables."
            problems.add(1, "too-large", sentence, "Name many tables by patterns.")
            return None
        return root_of_text(path.read_text(encoding="utf-8-sig"), problems)
    except UnicodeDecodeError:
        problems.add(1, "no-utf-8", "The file is not UTF-8.")
    except OSError as error:
        problems.add(1, "unreadable", f"The file cannot be read: {error.strerror}.")
    return None


def root_of_text(text: str, problems: Problems) -> yaml.Node | None:
    """The node of a text of YAML; None, and a problem, where there is none."""
    if odd := ODD.search(text):
        character = odd[0]
        escape = f"\\x{ord(character):02X}" if character < "\x80" else f"\\u{ord(character):04X}"
        sentence = f"The character U+{ord(character):04X} must be written as {escape} in a text in double quotes."
        problems.add(1 + text.count("\n", 0, odd.start()), "odd-character", sentence)
        return None
    try:
        node = yaml.compose(text, BoundedLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problems.add(1 + (mark.line if mark else 0), "no-yaml", f"This is not YAML: {error.problem}.")
        return None
    except (yaml.YAMLError, ValueError) as error:
        problems.add(1, "no-yaml", f"This is not YAML: {error}.")
        return None
    if node is None:
        problems.add(1, "no-mapping", "The file is empty.")
    return node


def line_of(node: yaml.Node) -> int:
    """Where a node begins, counted from 1."""
    return 1 + int(node.start_mark.line)


def text_of(node: yaml.Node) -> str:
    """What is written at a scalar, whatever YAML could take it for: `no` and `2024` are names.

    Empty for anything that is no text: an empty scalar, half a character, or the one that no server has in a name.
    """
    if not isinstance(node, yaml.ScalarNode):
        return ""
    try:
        # A character above U+FFFF may be written as two escapes.
        text = str(node.value).encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        return ""
    return "" if "\0" in text else text
