"""Airflow's pages may be shown in no frame of another site."""

import asyncio
from typing import Any

from millrace_page_headers import PageHeaders

from airflow import plugins_manager

OWN = [(b"content-type", b"text/html"), (b"X-Frame-Options", b"DENY")]


def sent(kind: str, message: dict[str, Any]) -> dict[str, Any]:
    """What goes out when an application sends this message."""
    out: list[Any] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        await send(message)

    async def send(message: Any) -> None:
        out.append(message)

    asyncio.run(PageHeaders(application)({"type": kind}, None, send))
    return out[0]


def test_every_answer_says_so_and_keeps_what_it_said() -> None:
    headers = sent("http", {"type": "http.response.start", "headers": OWN})["headers"]
    assert headers[:2] == OWN
    assert (b"x-content-type-options", b"nosniff") in headers
    assert (b"content-security-policy", b"frame-ancestors 'self'") in headers
    assert [value for name, value in headers if name.lower() == b"x-frame-options"] == [b"DENY"]


def test_what_is_no_answer_stays_as_it_is() -> None:
    body = {"type": "http.response.body", "body": b"x"}
    assert sent("http", body) == body
    assert sent("websocket", {"type": "http.response.start", "headers": OWN})["headers"] == OWN


def test_airflow_finds_it() -> None:
    middlewares = plugins_manager.get_fastapi_plugins()[1]
    assert "PageHeaders" in [each["middleware"].__name__ for each in middlewares]
