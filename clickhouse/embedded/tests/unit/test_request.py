import pytest

from millrace_clickhouse.errors import ClickHouseError
from millrace_clickhouse.request import QueryRequest, SessionWish, level_of, pairs_of


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
    for told in ("x", "-1", "3601", "%C2%B2", "9" * 5000):
        with pytest.raises(ClickHouseError) as refused:
            request(f"session_id=s&session_timeout={told}")
        assert refused.value.code == 374


@pytest.mark.parametrize("told", ["%C2%B2", "x", "-1", "9" * 5000, ""])
def test_what_is_no_number(told: str) -> None:
    assert request(f"buffer_size={told}").buffer_bytes == 0
    assert request(f"client_protocol_version={told}").protocol_version == 0


@pytest.mark.parametrize("told", ["abc", "%C2%B2", "-1", "1e3"])
def test_a_level_that_is_no_number(told: str) -> None:
    with pytest.raises(ClickHouseError) as refused:
        level_of(request(f"http_zlib_compression_level={told}").settings)
    assert refused.value.status == 400


def test_levels() -> None:
    assert [level_of({"http_zlib_compression_level": told}) for told in ("0", "5", "999")] == [1, 5, 9]


@pytest.mark.parametrize("told", ["a%0d%0aX-Forged:%20yes", "a%00", "a%1b", "a%ff", "a%7f"])
def test_a_query_id_with_what_cannot_be_shown(told: str) -> None:
    with pytest.raises(ClickHouseError) as refused:
        request(f"query_id={told}")
    assert refused.value.status == 400
    assert "\r" not in refused.value.text


def test_too_many_parameters() -> None:
    with pytest.raises(ClickHouseError):
        pairs_of("a=1&" * 10_001)
