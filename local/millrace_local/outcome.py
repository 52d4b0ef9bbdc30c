"""How a command ends: with an exit code, and a sentence where something went wrong."""

import os
import sys
from collections.abc import Callable

from millrace_local.problem import Problem

INTERRUPTED = 130
READER_LEFT = 141  # what a shell reports for a program that SIGPIPE ended


def exit_code(command: Callable[[], int]) -> int:
    """Carries a command out and returns its exit code; problems are told on stderr."""
    try:
        code = command()
        sys.stdout.flush()
        return code
    except Problem as problem:
        print(f"\nmillrace: {problem.sentence}\n  {problem.hint}", file=sys.stderr)
        return problem.exit_code
    except KeyboardInterrupt:
        print("\nmillrace: interrupted; run it again to go on, or ./stop.sh", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone: Python's own flush at the end must not fail once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return READER_LEFT
