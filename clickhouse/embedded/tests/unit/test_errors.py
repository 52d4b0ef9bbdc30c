import pytest

from millrace_clickhouse.errors import ClickHouseError


def test_reads_the_engines_text() -> None:
    error = ClickHouseError.from_engine(
        "Streaming query failed: Code: 60. DB::Exception: Table x does not exist. (UNKNOWN_TABLE) (version 26.9.2.1)"
    )
    assert (error.code, error.status) == (60, 404)
    assert error.text == "Code: 60. DB::Exception: Table x does not exist. (UNKNOWN_TABLE)"


def test_a_text_without_a_code() -> None:
    assert ClickHouseError.from_engine("strange").code == 1001


@pytest.mark.parametrize(("code", "status"), [(62, 400), (159, 408), (194, 401), (241, 500), (48, 501), (373, 500)])
def test_status_of_codes(code: int, status: int) -> None:
    assert ClickHouseError.of(code, "NAME", "sentence").status == status


def test_the_log_does_not_quote_a_statement() -> None:
    error = ClickHouseError.of(62, "SYNTAX_ERROR", "failed at: CREATE USER x IDENTIFIED BY 'secret'")
    assert "secret" not in error.logged()


def test_an_error_in_data_of_a_pipe_does_not_tell_of_the_pipe() -> None:
    told = (
        "Code: 27. DB::Exception: Code: 27. DB::Exception: Cannot parse input\n: (at row 1)\n: (in file/uri "
        "/proc/self/fd/9): While executing ValuesBlockInputFormat: While executing File: data for INSERT was parsed "
        "from file. (CANNOT_PARSE_TEXT) (version 26.9.2.1). (CANNOT_PARSE_TEXT)"
    )
    error = ClickHouseError(27, told)
    assert error.in_data
    assert error.without_pipe().text == (
        "Code: 27. DB::Exception: Cannot parse input\n: (at row 1)\n: While executing ValuesBlockInputFormat. "
        "(CANNOT_PARSE_TEXT)"
    )


def test_an_error_may_quote_much() -> None:
    told = ClickHouseError.from_engine("Code: 1. DB::Exception: " + " (version " * 200_000 + ". (X) (version 26.9.2.1)")
    assert told.text.endswith("(version . (X)")
