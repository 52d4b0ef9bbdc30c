"""Tells browsers to show no page of Airflow in a frame of another site, and to guess no types."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from airflow.plugins_manager import AirflowPlugin

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Any, Send], Awaitable[None]]

HEADERS = {
    b"content-security-policy": b"frame-ancestors 'self'",
    b"x-frame-options": b"SAMEORIGIN",
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
}


class PageHeaders:
    """Adds HEADERS to every answer that has none of that name."""

    def __init__(self, app: Application) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Any, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                there = {name.lower() for name, _ in message.get("headers", ())}
                missing = [(name, value) for name, value in HEADERS.items() if name not in there]
                message["headers"] = [*message.get("headers", ()), *missing]
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)


class MillracePageHeaders(AirflowPlugin):
    """Makes Airflow's API server use it."""

    name = "millrace_page_headers"
    fastapi_root_middlewares = [{"name": "page headers", "middleware": PageHeaders, "args": [], "kwargs": {}}]
