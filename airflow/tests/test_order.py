"""An order by schedule: what the order API answers is the task's outcome."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from airflow.sdk.exceptions import AirflowException, AirflowFailException

from millrace_dags.order import Order

ORDER = {"order_id": 7, "total_amount": 12.5}
PROBLEM = {"detail": "The store has no products.", "hint": "Add some.", "code": "empty-store"}


@contextmanager
def order_api(status: int, body: object) -> Iterator[tuple[str, list[str]]]:
    """An API that answers every POST so; its address, and what it was asked."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(f"{self.path} {self.headers.get('Authorization')}")
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


def ordered(url: str, monkeypatch: pytest.MonkeyPatch, token: str = "") -> object:
    monkeypatch.setenv("ORDER_API_URL", url)
    monkeypatch.setenv("ORDER_API_TOKEN", token)
    return Order(task_id="generate_order").execute({})


def test_the_order_is_the_outcome(monkeypatch: pytest.MonkeyPatch) -> None:
    with order_api(201, ORDER) as (url, asked):
        assert ordered(url, monkeypatch) == ORDER
        ordered(url, monkeypatch, token="secret")
    assert asked == ["/generate_order None", "/generate_order Bearer secret"]


def test_a_refusal_is_told_with_its_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    with order_api(409, PROBLEM) as (url, _), pytest.raises(AirflowException) as raised:
        ordered(url, monkeypatch)
    assert str(raised.value) == "The order API answered 409: The store has no products. Add some."


def test_an_api_that_is_away_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    with order_api(201, ORDER) as (url, _):
        pass
    with pytest.raises(AirflowException, match=f"The order API at {url} can't be reached"):
        ordered(url, monkeypatch)
    with pytest.raises(AirflowFailException, match="ORDER_API_URL must name"):
        ordered("", monkeypatch)
