"""Queries to ClickHouse over HTTP."""

import base64
import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any

from millrace_local.problem import Problem


def rows(settings: Mapping[str, str], sql: str, prefix: str = "CLICKHOUSE") -> list[list[Any]]:
    """The rows of a query, each a list of JSON values (64-bit integers and decimals as text).

    Raises Problem with ClickHouse's own sentence.
    """
    url = f"http://{settings[f'{prefix}_HOST']}:{settings[f'{prefix}_HTTP_PORT']}/?default_format=JSONCompact"
    login = f"{settings[f'{prefix}_USER']}:{settings[f'{prefix}_PASSWORD']}"
    quoted = "&output_format_json_quote_64bit_integers=1&output_format_json_quote_decimals=1"
    request = urllib.request.Request(url + quoted, sql.encode())
    request.add_header("Authorization", "Basic " + base64.b64encode(login.encode()).decode())
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return json.load(response)["data"]
    except urllib.error.HTTPError as error:
        said = error.read().decode(errors="replace").strip().splitlines()
        raise Problem(f"ClickHouse: {said[0] if said else error}", "") from error
    except OSError as error:
        raise Problem(f"ClickHouse can't be reached: {error}", "") from error


def quoted(name: str) -> str:
    """A name as ClickHouse reads it, whatever it holds."""
    return "`" + name.replace("\\", "\\\\").replace("`", "\\`") + "`"
