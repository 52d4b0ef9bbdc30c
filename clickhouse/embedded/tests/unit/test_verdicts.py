"""A verdict is for one text and one role."""

from millrace_clickhouse.accounts import Role
from millrace_clickhouse.verdicts import Verdicts


def test_a_verdict_is_for_a_text_and_a_role() -> None:
    verdicts = Verdicts()
    verdicts.add(Role.WRITER, b"SELECT 1")
    assert verdicts.knows(Role.WRITER, b"SELECT 1")
    assert not verdicts.knows(Role.READER, b"SELECT 1")
    assert not verdicts.knows(Role.WRITER, b"SELECT  1")


def test_parameters_are_judged_each_time() -> None:
    verdicts = Verdicts()
    verdicts.add(Role.WRITER, b"SELECT * FROM {t:Identifier}")
    assert not verdicts.knows(Role.WRITER, b"SELECT * FROM {t:Identifier}")


def test_the_oldest_are_forgotten() -> None:
    verdicts = Verdicts()
    for number in range(5000):
        verdicts.add(Role.WRITER, b"SELECT %d" % number)
        verdicts.knows(Role.WRITER, b"SELECT 0")
    assert verdicts.knows(Role.WRITER, b"SELECT 0")
    assert not verdicts.knows(Role.WRITER, b"SELECT 1")
    assert verdicts.knows(Role.WRITER, b"SELECT 4999")
