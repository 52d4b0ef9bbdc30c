"""Which requests are let through. What is passed on is made anew of the parts that were judged."""

import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from millrace_gate.container_body import hardened_body
from millrace_gate.parameters import LIST, OF_A_CONTAINER, judged, only
from millrace_gate.refused import Refused
from millrace_gate.request import Request
from millrace_gate.terms import LABEL, Terms

Inspect = Callable[[str], Awaitable[Any]]

OPEN = {("GET", "/_ping"), ("HEAD", "/_ping"), ("GET", "/version")}
CONTAINER = re.compile(r"/containers/([0-9a-f]{12,64})(/[a-z]+)?")


async def judge(request: Request, terms: Terms, inspect: Inspect) -> Request:
    """The request to pass on; raises Refused.

    inspect: gives the engine's description of a container by its id, None when there is none.
    """
    if (request.method, request.path) in OPEN:
        return passed(request, judged(request, {}))
    match request.method, request.path:
        case "GET", "/images/json":
            return passed(request, judged(request, {**LIST, "filters": only("reference", terms.image)}, "filters"))
        case "GET", "/containers/json":
            return passed(request, judged(request, {**LIST, "filters": only("label", terms.label)}, "filters"))
        case "POST", "/containers/create":
            return replace(passed(request, judged(request, {})), body=created(request.body, terms))
    container = CONTAINER.fullmatch(request.path)
    checks = OF_A_CONTAINER.get((request.method, container[2] or "")) if container else None
    if container is None or checks is None:
        raise Refused(f"{request.method} {request.path[:100]}")
    parameters = judged(request, checks)
    if not is_ours(await inspect(container[1]), terms):
        raise Refused(f"{container[1][:12]} is no container of the loader")
    return passed(request, parameters)


def passed(request: Request, parameters: tuple[tuple[str, str], ...]) -> Request:
    """The request with these parameters and no body."""
    return Request(request.method, request.path, parameters, request.version, request.upgrade)


def created(body: bytes, terms: Terms) -> bytes:
    """A container of the loader, with fewer rights than asked for."""
    try:
        asked = json.loads(body)
    except (ValueError, RecursionError):
        raise Refused("the body must be JSON") from None
    return json.dumps(hardened_body(asked, terms)).encode()


def is_ours(description: Any, terms: Terms) -> bool:
    """True for a container that was let through before, or for one that does not exist (the engine will say so)."""
    if description is None:
        return True
    config = description["Config"]
    return config["Image"] == terms.image and (config["Labels"] or {}).get(LABEL) == terms.project
