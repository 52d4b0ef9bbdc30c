"""Superset's REST API for reading, with nothing beyond the standard library."""

import json
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

from millrace_superset.problem import Problem, Refused


class Client:
    """A logged-in user. Raises Problem when the server can't be reached or refuses the login, Refused for the rest."""

    def __init__(self, address: str, user: str, password: str, timeout: float = 30) -> None:
        """address: e.g. http://127.0.0.1:8088; timeout: seconds that an answer may take."""
        self.address = address.rstrip("/")
        self.timeout = timeout
        self.headers = {"Authorization": f"Bearer {self._log_in(user, password)}"}

    def get(self, path: str) -> Any:
        """The JSON at this path of the API, e.g. dashboard/1/charts."""
        return json.loads(self.download(path))

    def download(self, path: str) -> bytes:
        """The bytes at this path of the API."""
        return self._send(path, None)

    def list(self, resource: str, columns: tuple[str, ...]) -> list[dict[str, Any]]:
        """The objects of a resource, e.g. dashboard, ordered by their column id; at most 1,000."""
        wanted = quote(f"(columns:!({','.join(columns)}),page:0,page_size:1000)")
        return sorted(self.get(f"{resource}/?q={wanted}")["result"], key=lambda found: found["id"])

    def _log_in(self, user: str, password: str) -> str:
        account = json.dumps({"username": user, "password": password, "provider": "db"})
        try:
            return json.loads(self._send("security/login", account.encode()))["access_token"]
        except Refused as refused:
            sentence = f"Superset refused the login of {user} (HTTP {refused.status})."
            raise Problem(2, sentence, "Check SUPERSET_ADMIN_USER and SUPERSET_ADMIN_PASSWORD.") from None

    def _send(self, path: str, body: bytes | None) -> bytes:
        try:
            headers = self.headers if body is None else {"Content-Type": "application/json"}
            request = Request(f"{self.address}/api/v1/{path}", body, headers)
            with urlopen(request, timeout=self.timeout) as response:
                return response.read()
        except HTTPError as error:
            raise Refused(path, error.code, message_of(error.read())) from None
        except OSError as error:
            sentence = f"Superset does not answer at {self.address}: {getattr(error, 'reason', error)}"
            raise Problem(3, sentence, "Is it running? Look at ./run.sh --status.") from None


def message_of(body: bytes) -> str:
    """The sentence in an error's body."""
    try:
        answer = json.loads(body)
    except ValueError:
        return body.decode(errors="replace")[:200]
    errors = answer.get("errors") or [{}]
    return str(answer.get("message") or errors[0].get("message") or answer)
