"""A statement as the engine has parsed it, taken from `EXPLAIN AST`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_LINE = re.compile(r"^( *)(.*?)(?: \(children \d+\))?$", re.DOTALL)
_ALIAS = " (alias "
# Possessive: else the matcher remembers each character to come back to, 130 bytes of memory for one of the text.
_STRING = re.compile(r"'((?:[^'\\]++|\\.)*+)'", re.DOTALL)
_ESCAPE = re.compile(r"\\(x[0-9A-Fa-f]{2}|.)", re.DOTALL)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "b": "\b", "f": "\f", "a": "\a", "v": "\v", "e": "\x1b"}


@dataclass(slots=True)
class Node:
    """
    A node of the tree: `kind` is the engine's word for it (`Function`, `Literal` and so on), `text` what stands behind;
    the statement itself has depth 0.
    """

    kind: str
    text: str
    depth: int
    children: list[Node] = field(default_factory=list)

    def all(self) -> Iterator[Node]:
        """This node and all below it."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))

    @property
    def name(self) -> str:
        """The name of a function, an engine or a table."""
        return self._parts[0].strip()

    @property
    def alias(self) -> str:
        """The name that the statement gives an expression, empty when it gives none."""
        return self._parts[1]

    @property
    def arguments(self) -> list[Node]:
        """The arguments of a function."""
        lists = [child for child in self.children if child.kind == "ExpressionList"]
        return lists[0].children if lists else []

    @property
    def string(self) -> str | None:
        """The value of a string literal, None for any other node."""
        match = _STRING.match(self.text) if self.kind == "Literal" else None
        return _ESCAPE.sub(_unescaped, match.group(1)) if match else None

    @property
    def _parts(self) -> tuple[str, str]:
        """What stands before the alias, and the alias."""
        text = _STRING.match(self.text) if self.kind == "Literal" else None
        at = self.text.find(_ALIAS, text.end() if text else 0)
        if at < 0 or not self.text.endswith(")"):
            return self.text, ""
        return self.text[:at], self.text[at + len(_ALIAS) : -1]


def parse(explained: str) -> Node:
    """
    The tree of an answer of `EXPLAIN AST`: each line is a node, indented by its depth. The names in the statement must
    hold no line ends, which the engine writes as they are.
    """
    root = Node("", "", -1)
    path = [root]
    for line in explained.rstrip("\n").split("\n"):
        match = _LINE.match(line)
        assert match is not None
        depth = len(match.group(1))
        kind, _, text = match.group(2).partition(" ")
        node = Node(kind, text, depth)
        del path[min(depth + 1, len(path)) :]
        path[-1].children.append(node)
        path.append(node)
    return root


def _unescaped(match: re.Match[str]) -> str:
    told = match.group(1)
    if told[0] == "x" and len(told) == 3:
        return chr(int(told[1:], 16))
    return _LETTERS.get(told, told)
