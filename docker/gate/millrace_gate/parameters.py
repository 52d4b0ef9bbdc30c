"""Which parameters a request may have, and what each may be."""

import json
import re
from collections.abc import Callable, Mapping

from millrace_gate.refused import Refused
from millrace_gate.request import Request

# A check, which returns the value to pass on; raises Refused.
Check = Callable[[str], str]
Checks = Mapping[str, Check]


def matching(pattern: str) -> Check:
    """Passes on what matches the whole pattern."""
    whole = re.compile(pattern)

    def check(value: str) -> str:
        if not whole.fullmatch(value):
            raise Refused("a parameter has a value that is not let through")
        return value

    return check


def only(key: str, value: str) -> Check:
    """A list filtered so that it shows only this, whatever else was asked for."""

    def check(text: str) -> str:
        try:
            filters = json.loads(text)
        except (ValueError, RecursionError):
            raise Refused("filters must be a JSON object") from None
        # Older clients send a list, newer ones a map to true.
        if filters not in ({key: [value]}, {key: {value: True}}):
            raise Refused(f"a list must be filtered by {key} {value}")
        return json.dumps({key: [value]})

    return check


FLAG = matching("0|1|true|false|True|False")
NO = matching("0|false|False")
TIME = matching(r"[0-9]{1,12}(\.[0-9]{1,9})?")
LIST = {"all": FLAG, "size": FLAG, "limit": matching("-?[0-9]{1,6}"), "trunc_cmd": FLAG, "only_ids": FLAG}
OUTPUT = {"stdout": FLAG, "stderr": FLAG}
OF_A_CONTAINER: Mapping[tuple[str, str], Checks] = {
    ("POST", "/start"): {},
    ("POST", "/stop"): {"t": matching("[0-9]{1,4}")},
    ("POST", "/wait"): {"condition": matching("not-running|next-exit|removed")},
    ("POST", "/attach"): {**OUTPUT, "logs": FLAG, "stream": FLAG},
    ("GET", "/json"): {},
    ("GET", "/logs"): {
        **OUTPUT,
        "timestamps": FLAG,
        "follow": FLAG,
        "tail": matching("all|[0-9]{1,9}"),
        "since": TIME,
        "until": TIME,
    },
    ("DELETE", ""): {"v": FLAG, "force": FLAG, "link": NO},
}


def judged(request: Request, checks: Checks, needed: str | None = None) -> tuple[tuple[str, str], ...]:
    """The parameters to pass on. Raises Refused for one that is not known, is given twice, or is needed and missing."""
    names = [name for name, _ in request.parameters]
    if len(set(names)) != len(names) or not set(names) <= checks.keys():
        raise Refused(f"{request.method} {request.path} has a parameter that is not let through, or one twice")
    if needed is not None and needed not in names:
        raise Refused(f"{request.method} {request.path} needs {needed}")
    return tuple((name, checks[name](value)) for name, value in request.parameters)
