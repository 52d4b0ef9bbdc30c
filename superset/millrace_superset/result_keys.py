"""
Charts' data, kept until their table has other rows: 50 people who look at a dashboard ask ClickHouse once.

Superset keeps results for a time; here the table's state is part of the key instead. What has no such key is not kept.
"""

import logging
import os
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from typing import Any

import clickhouse_connect
from clickhouse_connect.driver import Client
from clickhouse_connect.driver.exceptions import ClickHouseError
from superset.common.query_context_processor import QueryContextProcessor
from superset.common.query_object import QueryObject
from superset.common.utils.time_range_utils import get_since_until_from_time_range

from millrace_superset.result_files import MARK
from millrace_superset.table_states import States, is_steady, plain, texts_of, unsteady_functions

logger = logging.getLogger("millrace")

NO_TIME_RANGE = "No filter"


def install() -> None:
    """Has Superset make its keys of results so."""
    without_state = QueryContextProcessor.query_cache_key

    def query_cache_key(self: QueryContextProcessor, query_obj: QueryObject, **extra: Any) -> str | None:
        key = without_state(self, query_obj, **extra)
        state = state_behind(self._qc_datasource, query_obj) if key else ""
        return f"{key}{MARK}{state}" if state else key

    QueryContextProcessor.query_cache_key = query_cache_key


def state_behind(dataset: Any, query: QueryObject) -> str:
    """
    What the answer to a query depends on beside the query; empty when that cannot be told: a dataset that is a view or
    a query of its own, on another server, with the clock in its SQL, or with notes of people beside it.
    """
    if getattr(dataset, "sql", None) or not is_ours(dataset) or query.annotation_layers:
        return ""
    asked = plain(query.to_dict())
    texts = sorted(sql_of(dataset, asked))
    try:
        if not is_steady(texts, unsteady_functions(client())):
            return ""
        state = states().of(dataset.schema, dataset.table_name)
    except ClickHouseError as error:
        logger.warning("no state of %s.%s: %s", dataset.schema, dataset.table_name, str(error).split("\n")[0])
        return ""
    meant = sha256(repr((texts, times_of(asked))).encode()).hexdigest()
    return state and f"{state} {meant}"


def is_ours(dataset: Any) -> bool:
    """Whether a dataset is of the server whose tables we can ask about."""
    url = dataset.database.url_object
    server = (url.get_backend_name(), url.host, str(url.port))
    return server == ("clickhousedb", os.environ["CLICKHOUSE_HOST"], os.environ["CLICKHOUSE_HTTP_PORT"])


@cache
def client() -> Client:
    """One for all threads of this process."""
    return clickhouse_connect.get_client(
        host=os.environ["CLICKHOUSE_HOST"],
        port=int(os.environ["CLICKHOUSE_HTTP_PORT"]),
        username=os.environ["CLICKHOUSE_USER"],
        password=os.environ.get("CLICKHOUSE_PASSWORD", ""),
        autogenerate_session_id=False,
        connect_timeout=5,
        send_receive_timeout=10,
    )


@cache
def states() -> States:
    """Shared by all threads of this process."""
    return States(client())


def sql_of(dataset: Any, asked: dict[str, Any]) -> Iterator[str]:
    """All texts of a query, and the SQL behind the names of metrics and columns in it."""
    texts = set(texts_of(asked))
    yield from texts
    yield dataset.fetch_values_predicate or ""
    for named, name in [(m, m.metric_name) for m in dataset.metrics] + [(c, c.column_name) for c in dataset.columns]:
        if name in texts:
            yield named.expression or ""


def times_of(asked: dict[str, Any]) -> list[Any]:
    """The bounds that words like "Last week" stand for now."""
    ranges = [f["val"] for f in asked["filter"] if f.get("op") == "TEMPORAL_RANGE" and f["val"] != NO_TIME_RANGE]
    return [asked["from_dttm"], asked["to_dttm"], *map(get_since_until_from_time_range, ranges)]
