"""Superset's REST API for reading, with nothing beyond the standard library."""

import json
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

from millrace_superset.problem import Problem


class Client:
    """A logged-in user. Raises Problem when the server can't be reached, or refuses the login or a request."""

    def __init__(self, address: str, user: str, password: str, timeout: float = 30) -> None:
        self.address = address.rstrip("/")
        self.timeout = timeout
        self.token = ""
        self.token = self._login(user, password)

    def get(self, path: str) -> Any:
        """The JSON at this path of the API, e.g. dashboard/1/charts."""
        return json.loads(self.download(path))

    def download(self, path: str) -> bytes:
        """The bytes at this path of the API."""
        return self._send(path, None)

    def list(self, resource: str, columns: tuple[str, ...]) -> list[dict[str, Any]]:
        """The objects of a resource, e.g. dashboard, ordered by their column id; at most 1,000."""
        rison = f"(columns:!({','.join(columns)}),order_column:changed_on,order_direction:asc,page:0,page_size:1000)"
        found = self.get(f"{resource}/?q={quote(rison)}")["result"]
        return sorted(found, key=lambda item: item["id"])

    def _login(self, user: str, password: str) -> str:
        account = {"username": user, "password": password, "provider": "db"}
        try:
            return json.loads(self._send("security/login", account))["access_token"]
        except HTTPError as error:
            raise Problem(
                2, f"Superset refused the login of {user} (HTTP {error.code}).", "Check SUPERSET_ADMIN_PASSWORD."
            ) from None

    def _send(self, path: str, body: dict[str, Any] | None) -> bytes:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        data = None
        if body is not None:
            data, headers["Content-Type"] = json.dumps(body).encode(), "application/json"
        try:
            with urlopen(Request(f"{self.address}/api/v1/{path}", data, headers), timeout=self.timeout) as response:
                return response.read()
        except HTTPError:
            raise
        except (URLError, OSError) as error:
            reason = getattr(error, "reason", error)
            raise Problem(
                3, f"Superset does not answer at {self.address}: {reason}", "Is it running? See run.sh --status."
            ) from None
