import pytest

from millrace_superset.table_states import UNSTEADY_TOO, is_steady, texts_of

UNSTEADY = UNSTEADY_TOO | {"now", "rand", "dictget", "file"}


@pytest.mark.parametrize(
    "sql",
    [
        "sum(subtotal)",
        "countIf(status = 'completed') / count()",
        "now",  # the name of a column
        "toStartOfMonth(order_date)",
        "known (x)",
        "",
    ],
)
def test_sql_that_says_the_same_of_the_same_rows(sql: str) -> None:
    assert is_steady([sql], UNSTEADY)


@pytest.mark.parametrize(
    "sql",
    [
        "max(loaded_at) > now() - 60",
        "dateDiff('second', max(loaded_at), NOW ())",
        "now/* or later */()",
        "now -- or later\n()",
        "`now`()",
        '"today"()',
        "CURRENT_TIMESTAMP",
        "dictGet('names', 'name', id)",
        "(SELECT max(x) FROM other)",
        "1 + rand()",
    ],
)
def test_sql_that_may_say_something_else_of_the_same_rows(sql: str) -> None:
    assert not is_steady(["sum(x)", sql], UNSTEADY)


def test_all_texts_of_a_query_are_looked_at() -> None:
    query = {"metrics": [{"sqlExpression": "a"}], "filter": [{"val": ["b", 1]}], "extras": {"where": "c"}}
    assert {"a", "b", "c"} <= set(texts_of(query))
