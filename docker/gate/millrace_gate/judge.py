"""Which requests are let through."""

import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from millrace_gate.container_body import hardened_body
from millrace_gate.refused import Refused
from millrace_gate.request import Request
from millrace_gate.terms import LABEL, Terms

Inspect = Callable[[str], Awaitable[Any]]

OPEN = {("GET", "/_ping"), ("HEAD", "/_ping"), ("GET", "/version")}
ON_A_CONTAINER = re.compile(
    r"(?:(?:POST /containers/([0-9a-f]{12,64})/(?:start|stop|wait|attach))"
    r"|(?:GET /containers/([0-9a-f]{12,64})/(?:json|logs))"
    r"|(?:DELETE /containers/([0-9a-f]{12,64})))"
)


async def judge(request: Request, terms: Terms, inspect: Inspect) -> Request:
    """The request to pass on; raises Refused.

    inspect: gives the engine's description of a container by its id, None when there is none.
    """
    if (request.method, request.path) in OPEN:
        return request
    match request.method, request.path:
        case "GET", "/images/json":
            return filtered(request, "reference", terms.image)
        case "GET", "/containers/json":
            return filtered(request, "label", terms.label)
        case "POST", "/containers/create":
            return created(request, terms)
    if match := ON_A_CONTAINER.fullmatch(f"{request.method} {request.path}"):
        identity = next(group for group in match.groups() if group)
        if not is_ours(await inspect(identity), terms):
            raise Refused(f"{identity[:12]} is no container of the loader")
        return request
    raise Refused(f"{request.method} {request.path}")


def filtered(request: Request, key: str, value: str) -> Request:
    """Lists are let through when they show only our own."""
    try:
        filters = json.loads(request.query.get("filters", ["{}"])[-1])
        wanted = filters.get(key)
    except (ValueError, AttributeError):
        raise Refused("filters must be a JSON object") from None
    # Older clients send a list, newer ones a map to true.
    if len(request.query.get("filters", [])) != 1 or wanted not in ([value], {value: True}):
        raise Refused(f"a list must be filtered by {key} {value}")
    return request


def created(request: Request, terms: Terms) -> Request:
    """A container of the loader, with fewer rights than asked for."""
    if request.query:
        raise Refused("a container may not be given a name or a platform")
    try:
        asked = json.loads(request.body)
    except ValueError:
        raise Refused("the body must be JSON") from None
    return replace(request, body=json.dumps(hardened_body(asked, terms)).encode())


def is_ours(description: Any, terms: Terms) -> bool:
    """True for a container that was let through before, or for one that does not exist (the engine will say so)."""
    if description is None:
        return True
    config = description["Config"]
    return config["Image"] == terms.image and (config["Labels"] or {}).get(LABEL) == terms.project
