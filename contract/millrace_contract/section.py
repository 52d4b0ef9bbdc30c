"""A mapping of a file with the keys it may have. Whatever is wrong with it becomes a problem with its line."""

import re
from collections.abc import Iterable, Sequence

import yaml

from millrace_contract.bounded_yaml import line_of, text_of
from millrace_contract.problems import Problems, quote, suggestion

WHOLE = re.compile(r"[0-9]{1,9}")
NOTHING = ("", "~", "null")


class Section:
    """name: how sentences call it, such as `source`; known: the keys that it may have, None for names of the user's."""

    def __init__(self, name: str, node: yaml.Node, known: Sequence[str] | None, problems: Problems) -> None:
        self.name = name
        self.line = line_of(node)
        self.problems = problems
        self.is_mapping = isinstance(node, yaml.MappingNode)
        self.nodes: dict[str, yaml.Node] = {}
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                self._take(key, value, known)
        else:
            keys = f" with the keys {', '.join(known)}" if known else ""
            problems.add(self.line, "no-mapping", f"{name} must be a mapping{keys}.")

    def _take(self, key: yaml.Node, value: yaml.Node, known: Sequence[str] | None) -> None:
        spelled = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
        if self.problems.are_many:  # what may have been meant by each of many thousands is told to nobody
            return
        if not spelled or (known is not None and spelled not in known):
            sentence = f"Unknown key {quote(spelled)} in {self.name}."
            self.problems.add(line_of(key), "unknown-key", sentence, suggestion(known or (), spelled))
        elif spelled in self.nodes:
            self.problems.add(line_of(key), "repeated-key", f"The key {quote(spelled)} stands twice in {self.name}.")
        else:
            self.nodes[spelled] = value

    def __contains__(self, key: str) -> bool:
        return key in self.nodes

    def line_of(self, key: str) -> int:
        """The line of the value at key; of the section where there is none."""
        return line_of(self.nodes[key]) if key in self.nodes else self.line

    def problem(self, key: str, code: str, sentence: str, hint: str = "") -> None:
        """Notes what is wrong with the value at key."""
        self.problems.add(self.line_of(key), code, sentence, hint)

    def is_null(self, key: str) -> bool:
        """Whether a key is there and says in so many words that it has no value."""
        node = self.nodes.get(key)
        return isinstance(node, yaml.ScalarNode) and node.style is None and node.value.lower() in NOTHING

    def section(self, key: str, known: Sequence[str] | None, name: str = "") -> "Section | None":
        """The mapping at key; None where the key is absent. name: how sentences call it, by its key unless said."""
        node = self.nodes.get(key)
        return None if node is None else Section(name or key, node, known, self.problems)

    def needed_section(self, key: str, known: Sequence[str]) -> "Section | None":
        """The mapping at key; an absent key is a problem."""
        self._need(key)
        return self.section(key, known)

    def text(self, key: str, default: str = "") -> str:
        """The text at key as it is written."""
        node = self.nodes.get(key)
        return default if node is None else self._scalar(node, key) or default

    def needed(self, key: str) -> str:
        """The text at key; an absent key is a problem, and the text is empty then."""
        self._need(key)
        return self.text(key)

    def _need(self, key: str) -> None:
        if self.is_mapping and key not in self.nodes:
            self.problems.add(self.line, "missing-key", f"{self.name} needs the key {quote(key)}.")

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts of the list at key; a single text stands for a list of one."""
        return tuple(text for item in self.items(key) if (text := self._scalar(item, key)))

    def items(self, key: str) -> Iterable[yaml.Node]:
        """The nodes of the list at key; anything else stands for a list of one."""
        node = self.nodes.get(key)
        if node is None:
            return []
        return node.value if isinstance(node, yaml.SequenceNode) else [node]

    def whole(self, key: str, maximum: int, default: int) -> int:
        """The whole number from 0 to the maximum at key, in decimal digits without quotes."""
        node = self.nodes.get(key)
        if node is None or self.is_null(key):
            return default
        text = self._scalar(node, key)
        is_plain = isinstance(node, yaml.ScalarNode) and node.style is None
        if is_plain and WHOLE.fullmatch(text) and int(text) <= maximum:
            return int(text)
        if text:
            self.problem(key, "bad-number", f"{quote(key)} must be from 0 to {maximum}, not {quote(text)}.")
        return default

    def choice(self, key: str, known: Sequence[str]) -> str:
        """One of the known words at key; the first of them when it is none, and that is a problem."""
        chosen = self.text(key, known[0])
        if chosen in known:
            return chosen
        self.problem(key, "unknown-choice", f"Unknown {key} {quote(chosen)}.", suggestion(known, chosen))
        return known[0]

    def _scalar(self, node: yaml.Node, key: str) -> str:
        text = text_of(node)
        if not text:
            self.problems.add(line_of(node), "no-text", f"{quote(key)} in {self.name} must be a text.")
        return text
