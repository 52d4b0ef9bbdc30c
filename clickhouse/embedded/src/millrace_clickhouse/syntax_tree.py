"""A statement as the engine has parsed it, taken from `EXPLAIN AST`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_LINE = re.compile(r"^( *)(.*?)(?: \(children \d+\))?$", re.DOTALL)
_ALIAS = re.compile(r" \(alias .*\)$", re.DOTALL)
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
        return _ALIAS.sub("", self.text).strip()

    @property
    def arguments(self) -> list[Node]:
        """The arguments of a function."""
        lists = [child for child in self.children if child.kind == "ExpressionList"]
        return lists[0].children if lists else []

    @property
    def string(self) -> str | None:
        """The value of a string literal, None for any other node."""
        told = _ALIAS.sub("", self.text)
        if self.kind != "Literal" or not (told.startswith("'") and told.endswith("'") and len(told) > 1):
            return None
        return _ESCAPE.sub(_unescaped, told[1:-1])


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
