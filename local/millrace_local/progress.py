"""What people see while work goes on: a line when a step begins to take time, a line when it ends."""

import sys
import threading
import time
from typing import TextIO

SHOW_AFTER = 3.0  # seconds: quicker steps get only their closing line
REMIND_EVERY = 15.0  # seconds


class Progress:
    """Prints lines with the seconds since the start; safe to call from many threads."""

    def __init__(self, out: TextIO = sys.stdout) -> None:
        self.began = time.monotonic()
        self._out = out
        self._lock = threading.Lock()
        self._colour = out.isatty()

    def seconds(self) -> float:
        """Seconds since this progress was made."""
        return time.monotonic() - self.began

    def line(self, mark: str, text: str, colour: int = 32) -> None:
        """One line: a mark (coloured on a terminal) and a text."""
        shown = f"\033[{colour}m{mark}\033[0m" if self._colour else mark
        with self._lock:
            print(f"{self.seconds():5.0f} s  {shown} {text}", file=self._out, flush=True)

    def working(self, name: str) -> "Working":
        """A context in which `name` is shown as under way, and as done at the end unless an exception left it."""
        return Working(self, name)


class Working:
    """One step under way."""

    def __init__(self, progress: Progress, name: str) -> None:
        self._progress, self._name = progress, name
        self._over = threading.Event()
        self._began = time.monotonic()
        self.outcome = ""  # what the step says of itself, shown in its closing line

    def __enter__(self) -> "Working":
        threading.Thread(target=self._remind, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, _error: object, _trace: object) -> None:
        self._over.set()
        took = time.monotonic() - self._began
        note = f" ({self.outcome})" if self.outcome else ""
        if kind is None:
            self._progress.line("✓", f"{self._name}{note}" + (f", {took:.1f} s" if took >= 0.5 else ""))
        else:
            self._progress.line("✗", self._name, colour=31)

    def _remind(self) -> None:
        wait = SHOW_AFTER
        while not self._over.wait(wait):
            self._progress.line("…", f"{self._name} ({time.monotonic() - self._began:.0f} s so far)", colour=33)
            wait = REMIND_EVERY
