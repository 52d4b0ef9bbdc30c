import threading

from millrace_clickhouse.failed_logins import FailedLogins


class Time:
    """A clock that sleeping moves on."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


def test_each_further_wrong_login_waits_longer() -> None:
    time = Time()
    logins = FailedLogins(lambda: time.now, time.sleep)
    for _ in range(12):
        assert logins.hold("a")
    assert logins.hold("b")
    assert time.slept == [0.1, 0.2, 0.4, 0.8, 1.6, 2.0, 2.0]


def test_a_minute_later_all_is_forgotten() -> None:
    time = Time()
    logins = FailedLogins(lambda: time.now, time.sleep)
    for _ in range(5):
        logins.hold("a")
    time.now = 61
    logins.hold("a")
    assert time.slept == []


def test_few_wait_and_few_are_remembered() -> None:
    began, go = threading.Semaphore(0), threading.Event()

    def sleep(_: float) -> None:
        began.release()
        go.wait()

    logins = FailedLogins(lambda: 0.0, sleep)
    for number in range(5000):
        logins.hold(str(number))
    for _ in range(5):
        logins.hold("a")
    waiting = [threading.Thread(target=logins.hold, args=("a",)) for _ in range(32)]
    for one in waiting:
        one.start()
    for _ in waiting:
        began.acquire()
    assert not logins.hold("a")
    assert len(logins._peers) == 1024
    go.set()
    for one in waiting:
        one.join()
    assert logins.hold("b")
