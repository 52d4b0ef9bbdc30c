"""What Superset does for clients without a login, and for pages of other sites."""

import json
from collections.abc import Iterator, Mapping

from millrace_checks.finding import Finding
from millrace_checks.security.asking import ask
from millrace_checks.security.door import door
from millrace_checks.security.headers import framed, readable_elsewhere

CLOSED = ("/api/v1/chart/", "/api/v1/database/", "/api/v1/query/")
JSON = {"Content-Type": "application/json"}


def superset(settings: Mapping[str, str]) -> Iterator[Finding]:
    """A finding a door."""
    port = settings["SUPERSET_PORT"]
    for path in CLOSED:
        answer = ask(port, "GET", path)
        remedy = "Take the rights of the role Public away"
        yield door(f"Superset without a login, {path}", answer.status in (401, 403), answer.words, remedy)
    answer = ask(port, "POST", "/api/v1/sqllab/execute/", JSON, b'{"database_id":1,"sql":"SELECT 1"}')
    remedy = "Take the rights of the role Public away"
    yield door("Superset without a login, SQL Lab", not 200 <= answer.status < 300, answer.words, remedy)
    login = {"username": settings["SUPERSET_ADMIN_USER"], "password": "none of it", "provider": "db"}
    answer = ask(port, "POST", "/api/v1/security/login", JSON, json.dumps(login).encode())
    yield door("Superset with a wrong password", answer.refused, answer.words, "Set SUPERSET_ADMIN_PASSWORD")
    cookie = ask(port, "GET", "/login/").headers.get("set-cookie", "")
    guarded = "HttpOnly" in cookie and "SameSite=Lax" in cookie
    words = "HttpOnly, SameSite=Lax" if guarded else "can be read by scripts or sent by other sites"
    yield door("Superset's session cookie", guarded, words, "Restore superset/superset_config.py")
    yield readable_elsewhere("Superset", port, "/api/v1/chart/")
    yield framed("Superset", port, "/login/")
