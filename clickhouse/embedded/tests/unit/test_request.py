import pytest

from millrace_clickhouse.errors import ClickHouseError
from millrace_clickhouse.request import QueryRequest, SessionWish, pairs_of


def request(query_string: str, **headers: str) -> QueryRequest:
    return QueryRequest.of(pairs_of(query_string), headers, frozenset({"ext"}))


def test_tells_settings_from_parameters() -> None:
    found = request(
        "query=select+1&max_threads=2&param_x=a%09b&database=db&ext_format=CSV&user=u&password=p&max_threads=3"
    )
    assert found.query == b"select 1"
    assert found.settings == {"max_threads": "3"}
    assert found.parameters == {"x": "a\tb"}
    assert found.database == "db"


def test_keeps_bytes_that_are_no_text() -> None:
    assert request("query=select+%27%FF%27").query == b"select '\xff'"


def test_makes_a_query_id_when_none_is_given() -> None:
    assert request("query_id=mine").query_id == "mine"
    assert len(request("").query_id) == 36


@pytest.mark.parametrize(
    ("query_string", "held"), [("", 0), ("buffer_size=7", 7), ("wait_end_of_query=1", None), ("wait_end_of_query=0", 0)]
)
def test_how_much_to_hold_back(query_string: str, held: int | None) -> None:
    assert request(query_string).buffer_bytes == held


def test_sessions() -> None:
    assert request("").session is None
    assert request("session_id=s&session_timeout=5&session_check=1").session == SessionWish("s", 5, True)
    for told in ("x", "-1", "3601"):
        with pytest.raises(ClickHouseError) as refused:
            request(f"session_id=s&session_timeout={told}")
        assert refused.value.code == 374
