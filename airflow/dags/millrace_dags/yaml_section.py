"""A mapping of a YAML file whose entries know their line."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeGuard

import yaml

from millrace_dags.problems import PipelineProblems, place

KINDS = {
    str: "text",
    int: "a whole number",
    date: "a date such as 2025-01-01",
}
# What no file of YAML may hold, and what ends lines in YAML 1.1 but not in YAML 1.2.
ODD = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


# The loader and the webhook read within the same limits: beyond them a small file could take all memory.
MOST_BYTES = 1 << 20
DEEPEST = 50
MOST_ALIASES = 50
MOST_PROBLEMS = 50  # told of one file


class Loader(yaml.SafeLoader):
    """With the escapes that the loader's YAML 1.2 has, too; refuses what is nested too deep or has too many aliases."""

    depth = 0
    aliases = 0

    ESCAPE_REPLACEMENTS = {  # type: ignore[misc]
        c: meant for c, meant in yaml.SafeLoader.ESCAPE_REPLACEMENTS.items() if c not in "LP"
    }

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """As of any loader, within the limits."""
        self.depth += 1
        self.aliases += self.check_event(yaml.AliasEvent)
        if self.depth > DEEPEST:
            self.refuse(f"nested more than {DEEPEST} deep")
        if self.aliases > MOST_ALIASES:
            self.refuse(f"more than {MOST_ALIASES} aliases")
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def refuse(self, what: str) -> None:
        """Ends reading where the next event begins."""
        raise yaml.composer.ComposerError(None, None, what, self.peek_event().start_mark)


@dataclass
class Section:
    """Takes values out of a mapping node; what is wrong is added to problems, which sections of a file share."""

    path: Path
    node: yaml.Node
    problems: list[tuple[int, str]] = field(default_factory=list)

    def problem(self, node: yaml.Node, sentence: str) -> None:
        """Notes what is wrong at a node; not more than anybody reads."""
        if len(self.problems) > MOST_PROBLEMS:
            return
        line: int = node.start_mark.line
        self.problems.append((line, f"{place(self.path, line)}: {sentence}"))

    def entries(self) -> dict[str, yaml.Node]:
        """The nodes by key; empty when this is no mapping."""
        if not isinstance(self.node, yaml.MappingNode):
            return {}
        return {str(key.value): value for key, value in self.node.value}

    def text(self, key: str, default: str = "") -> str:
        """The text at key as it is written, whatever else YAML could take it for: `no` and `2024` are names."""
        node = self.entries().get(key)
        if node is None:
            return default
        if not is_text(node):
            self.problem(node, f"{key} must be a text.")
            return default
        return text_of(node)

    def needed(self, key: str) -> str:
        """As text; an absent key is a problem."""
        if isinstance(self.node, yaml.MappingNode) and key not in self.entries():
            self.problem(self.node, f"{key} is missing: it must be a text.")
        return self.text(key)

    def texts(self, key: str) -> list[str]:
        """The texts of the list at key; a single text stands for a list of one."""
        node = self.entries().get(key)
        items = node.value if isinstance(node, yaml.SequenceNode) else [node] if node else []
        return [text_of(item) for item in items if is_text(item)]

    def value(self, key: str, kind: type, default: Any = None) -> Any:
        """The value of this kind at key, or the default when the key is absent, empty or of another kind."""
        node = self.entries().get(key)
        plain = None if node is None else construct(node)
        if node is None or plain is None:
            return default
        if not is_a(plain, kind):
            self.problem(node, f"{key} must be {KINDS[kind]}, but is {plain!r}.")
            return default
        return plain

    def section(self, key: str) -> "Section":
        """The mapping at key; an empty one when there is none."""
        node = self.entries().get(key)
        if node is not None and not isinstance(node, yaml.MappingNode):
            self.problem(node, f"{key} must be a mapping, but is {construct(node)!r}.")
        if not isinstance(node, yaml.MappingNode):
            node = yaml.MappingNode("tag:yaml.org,2002:map", [], self.node.start_mark, self.node.end_mark)
        return Section(self.path, node, self.problems)

    def required_items(self, key: str) -> list[yaml.Node]:
        """The nodes of the list at key, which must have some."""
        node = self.entries().get(key)
        items = node.value if isinstance(node, yaml.SequenceNode) else []
        if isinstance(node, yaml.ScalarNode) and node.value:
            self.problem(node, f"{key} must be a list, but is {node.value!r}.")
        elif not items:
            self.problem(node or self.node, f"{key} is missing: it must be a list.")
        return items

    def refuse_other_than_mapping(self, name: str) -> None:
        """Anything else is a problem."""
        if not isinstance(self.node, yaml.MappingNode):
            self.problem(self.node, f"{name} must be a text or a mapping with `name`.")

    def refuse_unknown(self, known: tuple[str, ...]) -> None:
        """Every key that is not known is a problem, and every one that stands twice."""
        seen: set[str] = set()
        for node, _ in self.node.value if isinstance(self.node, yaml.MappingNode) else ():
            key = str(node.value)[:100]
            if len(self.problems) > MOST_PROBLEMS:
                return
            if key not in known:
                near = get_close_matches(key, known, n=1)
                hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}."
                self.problem(node, f"{key} is unknown here: {hint}")
            elif key in seen:
                self.problem(node, f"{key} stands twice.")
            seen.add(key)


def root_node(path: Path) -> yaml.Node:
    """The file's mapping; raises PipelineProblems when there is none."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise PipelineProblems([f"{place(path, 0)}: has more than {MOST_BYTES} bytes, so it is no pipeline file."])
        text = path.read_text(encoding="utf-8-sig")
        refuse_odd_characters(path, text)
        node = yaml.compose(text, Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise PipelineProblems([f"{place(path, mark.line if mark else 0)}: no YAML: {error.problem}."]) from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise PipelineProblems([f"{place(path, 0)}: can't be read: {error}"]) from None
    if not isinstance(node, yaml.MappingNode):
        raise PipelineProblems([f"{place(path, 0)}: a pipeline file must be a mapping with `tables`."])
    return node


def refuse_odd_characters(path: Path, text: str) -> None:
    """Raises PipelineProblems for characters that YAML refuses, or takes for ends of lines in one version only."""
    if odd := ODD.search(text):
        character = odd[0]
        escape = f"\\x{ord(character):02X}" if character < "\x80" else f"\\u{ord(character):04X}"
        line = text.count("\n", 0, odd.start())
        sentence = f"the character U+{ord(character):04X} must be written as {escape} in a text in double quotes."
        raise PipelineProblems([f"{place(path, line)}: {sentence}"])


def is_text(node: yaml.Node) -> TypeGuard[yaml.ScalarNode]:
    """True for a scalar that is neither empty nor half a character, nor holds the one that no server has in a name."""
    return isinstance(node, yaml.ScalarNode) and bool(text_of(node)) and "\0" not in text_of(node)


def text_of(node: yaml.ScalarNode) -> str:
    """What is written, a character above U+FFFF perhaps as two escapes; empty when one is missing."""
    text: str = node.value
    try:
        return text.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        return ""


def construct(node: yaml.Node) -> Any:
    """The plain value of a node; a text where YAML 1.1 sees something that is none."""
    if not isinstance(node, yaml.ScalarNode):
        return [...]
    try:
        return yaml.constructor.SafeConstructor().construct_document(node)
    except (ValueError, yaml.YAMLError):
        return node.value


def is_a(value: Any, kind: type) -> bool:
    """True for a value of the kind; a bool is no number here, and a time of day no date."""
    return isinstance(value, kind) and not isinstance(value, bool | datetime)
