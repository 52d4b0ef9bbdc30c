"""What a program of Millrace said last: why it failed and what to do."""

import re

PREFIX = "millrace: "
CODE = re.compile(r"\(([\w-]+)\)$")


class ClosingWords:
    """Hears a program line by line."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._by_name = False

    def hear(self, line: str) -> None:
        """Keeps everything from the last line that names the program on; without such a line, the last one."""
        if not line.strip():
            return
        named = line.startswith(PREFIX)
        if named or not self._by_name:
            self._lines.clear()
        self._by_name = self._by_name or named
        self._lines.append(line.strip())

    def text(self) -> str:
        """In one line, without the program's name."""
        return " ".join(self._lines).removeprefix(PREFIX) or "The loader said nothing."

    def code(self) -> str:
        """What the failure is called, in parentheses at the end; empty when there is nothing of the kind."""
        match = CODE.search(self.text())
        return match[1] if match else ""
