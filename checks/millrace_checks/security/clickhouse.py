"""What ClickHouse lets its clients do, with each password and without one."""

import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import chain

from millrace_checks.finding import Finding
from millrace_checks.security.asking import ELSEWHERE, REBOUND, Answer, ask, basic
from millrace_checks.security.door import door
from millrace_checks.security.users import User, clickhouse_users
from millrace_checks.security.ways_out import BEYOND_RIGHTS, WAYS_OUT, Attempt

ABREAST = 8
ERROR = re.compile(r"Code: (\d+)\..*\(([A-Z_]+)\)", re.DOTALL)
# Any other error says that a statement was let through and went wrong, or that it is none.
REFUSALS = (
    "ACCESS_DENIED",
    "BAD_ARGUMENTS",
    "DATABASE_ACCESS_DENIED",
    "DICTIONARY_ACCESS_DENIED",
    "FUNCTION_NOT_ALLOWED",
    "INTO_OUTFILE_NOT_ALLOWED",
    "NOT_IMPLEMENTED",
    "PATH_ACCESS_DENIED",
    "QUERY_IS_PROHIBITED",
    "READONLY",
    "SUPPORT_IS_DISABLED",
    "UNACCEPTABLE_URL",
    "UNSUPPORTED_METHOD",
)
UPDATE = "Whoever knows this password has rights beyond it; update Millrace, or report it (SECURITY.md)"


def clickhouse(settings: Mapping[str, str], defaults: Mapping[str, str]) -> Iterator[Finding]:
    """A finding a door."""
    users = clickhouse_users(settings)
    with ThreadPoolExecutor(ABREAST) as pool:
        logins = list(pool.map(lambda user: list(login(settings, user)), users))
        entered = [user for user, findings in zip(users, logins, strict=True) if findings[-1].holds]
        tries = [partial(attempted, settings, user, users[0], attempt) for user in entered for attempt in beyond(user)]
        for findings in chain(logins, pool.map(lambda attempt: [attempt()], tries)):
            yield from findings
    if users[0] in entered:
        yield from pages(settings, defaults, users[0])


def beyond(user: User) -> tuple[Attempt, ...]:
    """What a user must not be able to do."""
    return (*WAYS_OUT, *BEYOND_RIGHTS.get(user.role, ()))


def login(settings: Mapping[str, str], user: User) -> Iterator[Finding]:
    """A user without a password, with a wrong one, and with its own."""
    port = settings["CLICKHOUSE_HTTP_PORT"]
    for with_what, headers in (
        ("no password", {"X-ClickHouse-User": user.name}),
        ("a wrong password", basic(user.name, "none of it")),
    ):
        answer = ask(port, "POST", "/", headers, b"SELECT 1")
        remedy = f"Give the user a password: {user.password_setting}"
        yield door(f"ClickHouse, {user.role} with {with_what}", answer.refused, answer.words, remedy)
    answer = ask(port, "POST", "/", basic(user.name, user.password), b"SELECT 1")
    lets_in = answer.status == 200
    remedy = f"Set the user's password to that of {user.password_setting}"
    yield door(f"ClickHouse, {user.role} with its own", lets_in, "gets in" if lets_in else answer.words, remedy)


def pages(settings: Mapping[str, str], defaults: Mapping[str, str], user: User) -> Iterator[Finding]:
    """
    Requests that a browser sends on behalf of a page of another site. ClickHouse's own server answers them, so there a
    password that nobody else knows must keep them out.
    """
    port, own = settings["CLICKHOUSE_HTTP_PORT"], basic(user.name, user.password)
    secret = user.password != defaults.get(user.password_setting)
    for who, headers in (("a page of another site", ELSEWHERE), ("another name for this machine", REBOUND)):
        answer = ask(port, "POST", "/", {**own, **headers}, b"SELECT 1")
        unread = "access-control-allow-origin" not in answer.headers
        words = answer.words if answer.refused else f"{answer.words} to who knows the password"
        remedy = f"Choose a {user.password_setting} that is not the documented one"
        yield door(f"ClickHouse, {who}", answer.refused or (secret and unread), words, remedy)
    forged = ask(port, "POST", "/?query_id=a%0d%0aX-Forged:%20yes", own, b"SELECT 1")
    yield door("ClickHouse, a line end in query_id", "x-forged" not in forged.headers, forged.words, UPDATE)


def attempted(settings: Mapping[str, str], user: User, administrator: User, attempt: Attempt) -> Finding:
    """Tries what this user must not be able to do, and removes what came of it."""
    port, name = settings["CLICKHOUSE_HTTP_PORT"], f"millrace_probe_{secrets.token_hex(6)}"
    told = {"name": name, "webhook": settings["WEBHOOK_PORT"]}

    def send(as_user: User, statement: str) -> Answer:
        body = statement.format(**told).encode()
        return ask(port, "POST", "/", basic(as_user.name, as_user.password), body)

    tried = f"ClickHouse, {user.role}: {attempt.what}"
    try:
        answers = refused_at(send(user, statement) for statement in attempt.statements)
    except TimeoutError:
        return door(tried, False, "is let through, then no answer comes", UPDATE)
    for statement in attempt.undo if answers[0].status == 200 else ():
        send(administrator, statement)
    closed, words = verdict(answers[-1], attempt.refusals)
    return door(tried, closed, words, UPDATE)


def refused_at(answers: Iterable[Answer]) -> list[Answer]:
    """The answers up to the first that says no."""
    seen = []
    for answer in answers:
        seen.append(answer)
        if answer.status != 200:
            break
    return seen


def verdict(answer: Answer, refusals: tuple[str, ...]) -> tuple[bool, str]:
    """Whether a statement was refused, and the name of the error, never what was read."""
    if answer.status == 200:
        return False, "is allowed"
    error = ERROR.search(answer.text)
    name = error[2] if error else answer.words
    if name not in (*REFUSALS, *refusals):
        return False, f"is let through, then {name}"
    return True, f"refused: {name}"
