"""A mapping of a YAML file whose entries know their line."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from millrace_dags.problems import place

KINDS = {
    str: "text",
    int: "a whole number",
    date: "a date such as 2025-01-01",
    dict: "a mapping",
    list: "a list",
}


@dataclass
class Section:
    """Takes values out of a mapping node; what is wrong is added to problems, which sections of a file share."""

    path: Path
    node: yaml.Node
    problems: list[tuple[int, str]] = field(default_factory=list)

    def problem(self, node: yaml.Node, sentence: str) -> None:
        """Notes what is wrong at a node."""
        line: int = node.start_mark.line
        self.problems.append((line, f"{place(self.path, line)}: {sentence}"))

    def entries(self) -> dict[str, yaml.Node]:
        """The nodes by key; empty when this is no mapping."""
        if not isinstance(self.node, yaml.MappingNode):
            return {}
        return {str(key.value): value for key, value in self.node.value}

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

    def required(self, key: str, kind: type, fallback: Any) -> Any:
        """As value; an absent key, and one without anything in it, is a problem and gives the fallback."""
        node = self.entries().get(key)
        if node is None or construct(node) in (None, [], ""):
            self.problem(node or self.node, f"{key} is missing: it must be {KINDS[kind]}.")
        return self.value(key, kind, fallback)

    def section(self, key: str) -> "Section":
        """The mapping at key; an empty one when there is none."""
        self.value(key, dict)
        node = self.entries().get(key)
        if not isinstance(node, yaml.MappingNode):
            node = yaml.MappingNode("tag:yaml.org,2002:map", [], self.node.start_mark, self.node.end_mark)
        return Section(self.path, node, self.problems)

    def items(self, key: str) -> Iterator[yaml.Node]:
        """The nodes of the list at key."""
        node = self.entries().get(key)
        return iter(node.value if isinstance(node, yaml.SequenceNode) else ())

    def refuse_unknown(self, known: tuple[str, ...]) -> None:
        """Every key that is not known is a problem."""
        for key, node in self.entries().items():
            if key not in known:
                near = get_close_matches(key, known, n=1)
                hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}."
                self.problem(node, f"{key} is unknown here: {hint}")


def construct(node: yaml.Node) -> Any:
    """The plain value of a node."""
    return yaml.constructor.SafeConstructor().construct_document(node)


def is_a(value: Any, kind: type) -> bool:
    """True for a value of the kind; a bool is no number here, and a time of day no date."""
    return isinstance(value, kind) and not isinstance(value, bool | datetime)
