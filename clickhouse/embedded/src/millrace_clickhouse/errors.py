"""ClickHouse errors: their codes, their texts and the HTTP status that goes with each."""

import re
from http import HTTPStatus

from .visible import visible

_CODE = re.compile(r"Code: (\d+)\. ")
_DATA = ": data for INSERT was parsed from file"
_PIPE = re.compile(rf": \(in file/uri /proc/self/fd/\d+\)|(: While executing File)?{_DATA}")
_TWICE = re.compile(
    r"^(Code: (\d+)\. DB::Exception: )Code: \2\. DB::Exception: (.*) \((\w+)\) \(version [^)]*\)\. \(\4\)$", re.DOTALL
)
_VERSION = re.compile(r" \(version [^)]*(\([^)]*\))?\)\s*$")

_BAD_REQUEST = (6, 8, 15, 25, 26, 27, 36, 37, 38, 41, 44, 53, 62, 72, 117, 123, 167, 168, 223, 321, 374, 376, 427)
_CANNOT_PARSE_VALUE = (441, 675, 676)
# Where the version stands: an error may quote megabytes of a statement.
_VERSION_CHARACTERS = 200
_SYNTAX_ERROR = 62
_LOGGED_CHARACTERS = 300
_KEPT = "\n\t\xa0"
_NOT_FOUND = (46, 47, 50, 56, 60, 63, 73, 78, 81, 115, 152, 336, 511)

_STATUS_BY_CODE: dict[int, HTTPStatus] = {
    194: HTTPStatus.UNAUTHORIZED,
    **dict.fromkeys((192, 193, 497, 512, 516), HTTPStatus.FORBIDDEN),
    **dict.fromkeys(_BAD_REQUEST + _CANNOT_PARSE_VALUE, HTTPStatus.BAD_REQUEST),
    **dict.fromkeys(_NOT_FOUND, HTTPStatus.NOT_FOUND),
    **dict.fromkeys((76, 209, 439), HTTPStatus.SERVICE_UNAVAILABLE),
    229: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    48: HTTPStatus.NOT_IMPLEMENTED,
    381: HTTPStatus.LENGTH_REQUIRED,
    159: HTTPStatus.REQUEST_TIMEOUT,
    779: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
}


class ClickHouseError(Exception):
    """An error as ClickHouse tells it: `code` is ClickHouse's number, `text` the whole line sent to the client."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text

    @property
    def status(self) -> HTTPStatus:
        """The HTTP status that a ClickHouse server answers with for this code."""
        return _STATUS_BY_CODE.get(self.code, HTTPStatus.INTERNAL_SERVER_ERROR)

    def logged(self) -> str:
        """The error for a log: one short line, without the statement that a syntax error quotes."""
        if self.code == _SYNTAX_ERROR:
            return f"Code: {_SYNTAX_ERROR}. Syntax error"
        return visible(self.text.partition("\n")[0][:_LOGGED_CHARACTERS])

    @property
    def in_data(self) -> bool:
        """Whether the data of a statement could not be read, which the engine does not log as the statement's error."""
        return _DATA in self.text

    def without_pipe(self) -> "ClickHouseError":
        """The error as a server tells it whose data comes from no file."""
        text = _TWICE.sub(r"\1\3 (\4)", self.text)
        return ClickHouseError(self.code, _PIPE.sub("", text))

    @staticmethod
    def of(code: int, name: str, sentence: str) -> "ClickHouseError":
        """An error that this server raises itself, told as ClickHouse would: `Code: 62. DB::Exception: … (NAME)`."""
        return ClickHouseError(code, f"Code: {code}. DB::Exception: {visible(sentence, kept=_KEPT)} ({name})")

    @staticmethod
    def from_engine(message: str) -> "ClickHouseError":
        """The engine's exception text, without the words its Python binding puts in front of it."""
        match = _CODE.search(message)
        if match is None:
            return ClickHouseError.of(1001, "STD_EXCEPTION", message)
        told = message[match.start() :].rstrip()
        begin, end = told[:-_VERSION_CHARACTERS], told[-_VERSION_CHARACTERS:]
        return ClickHouseError(int(match.group(1)), (begin + _VERSION.sub("", end)).rstrip())


class BrokenBody(ClickHouseError):
    """A body that cannot be read on: whatever follows on its connection is no request."""

    def __init__(self, sentence: str) -> None:
        super().__init__(246, f"Code: 246. DB::Exception: {sentence} (CORRUPTED_DATA)")

    @property
    def status(self) -> HTTPStatus:
        """What comes with it is the client's own fault."""
        return HTTPStatus.BAD_REQUEST


class ClientGone(Exception):
    """The client closed its connection before the answer was complete."""
