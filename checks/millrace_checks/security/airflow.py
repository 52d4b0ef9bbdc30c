"""What Airflow does for clients without a login, and for pages of other sites."""

import json
from collections.abc import Iterator, Mapping

from millrace_checks.finding import Finding
from millrace_checks.security.asking import ask
from millrace_checks.security.door import door
from millrace_checks.security.headers import framed, readable_elsewhere

CLOSED = ("/api/v2/dags", "/api/v2/variables", "/api/v2/connections", "/api/v2/config")


def airflow(settings: Mapping[str, str]) -> Iterator[Finding]:
    """A finding a door."""
    port = settings["AIRFLOW_PORT"]
    for path in CLOSED:
        answer = ask(port, "GET", path)
        remedy = "Airflow answers everybody: set its auth manager as in airflow/airflow.env"
        yield door(f"Airflow without a login, {path}", answer.status in (401, 403), answer.words, remedy)
    # Signing in without a password is for installations that turned logins off.
    answer = ask(port, "GET", "/auth/token")
    remedy = "Turn simple_auth_manager_all_admins off"
    yield door("Airflow without a login, /auth/token", answer.status != 201, answer.words, remedy)
    body = json.dumps({"username": settings["AIRFLOW_ADMIN_USER"], "password": "none of it"}).encode()
    answer = ask(port, "POST", "/auth/token", {"Content-Type": "application/json"}, body)
    yield door("Airflow with a wrong password", answer.refused, answer.words, "Set AIRFLOW_ADMIN_PASSWORD")
    yield readable_elsewhere("Airflow", port, "/api/v2/version")
    yield framed("Airflow", port, "/")
