"""A user and a password, told in any of the ways that ClickHouse knows."""

import base64
import binascii
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field

from .errors import ClickHouseError

_REFUSED = (
    "{user}: Authentication failed: password is incorrect, or there is no user with such name. "
    "The server was started with its users in the environment: CLICKHOUSE_USER and CLICKHOUSE_PASSWORD, and others."
)


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user name and a password. The password never shows in a text."""

    user: str
    password: str = field(repr=False)

    def same_as(self, other: "Credentials") -> bool:
        """Compares in constant time."""
        users = hmac.compare_digest(_bytes(self.user), _bytes(other.user))
        return hmac.compare_digest(_bytes(self.password), _bytes(other.password)) and users


def offered(headers: Mapping[str, str], parameters: Mapping[str, str]) -> Credentials:
    """What the client offers: X-ClickHouse-User/Key, Basic, or the parameters. Raises ClickHouseError (516)."""
    in_headers = "x-clickhouse-user" in headers or "x-clickhouse-key" in headers
    in_parameters = "user" in parameters or "password" in parameters
    if in_headers + ("authorization" in headers) + in_parameters > 1:
        raise _failed("Invalid authentication: it is not allowed to use several ways to authenticate simultaneously")
    if in_headers:
        return Credentials(_text(headers.get("x-clickhouse-user", "")), _text(headers.get("x-clickhouse-key", "")))
    if "authorization" in headers:
        return _basic(headers["authorization"])
    return Credentials(parameters.get("user", "default"), parameters.get("password", ""))


def refused(given: Credentials) -> ClickHouseError:
    """The error (516) for credentials of no user."""
    return _failed(_REFUSED.format(user=_bytes(given.user).decode("utf-8", "replace")))


def _bytes(text: str) -> bytes:
    """What the client sent, bytes that are no UTF-8 included."""
    return text.encode("utf-8", "surrogateescape")


def _text(header: str) -> str:
    """A header as its sender meant it: clients write UTF-8."""
    return header.encode("latin-1").decode("utf-8", "surrogateescape")


def _basic(header: str) -> Credentials:
    scheme, _, encoded = header.partition(" ")
    if scheme.lower() != "basic":
        raise _failed(f"Invalid authentication: '{scheme}' HTTP Authorization scheme is not supported")
    try:
        user, _, password = base64.b64decode(encoded.strip(), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise _failed("Invalid authentication: the Authorization header is not base64") from error
    return Credentials(user, password)


def _failed(sentence: str) -> ClickHouseError:
    return ClickHouseError.of(516, "AUTHENTICATION_FAILED", sentence)
