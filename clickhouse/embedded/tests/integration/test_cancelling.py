import threading
import time

from server_process import AUTHORIZATION, Answer, ServerProcess

ENDLESS = ("SELECT count() FROM system.numbers", "SELECT number FROM system.numbers")


def running(server: ServerProcess) -> str:
    return server.value("SELECT groupArray(query_id) FROM system.processes WHERE query_id LIKE 'endless%'")


def wait_until(server: ServerProcess, wanted: str) -> None:
    deadline = time.monotonic() + 15
    while running(server) != wanted:
        assert time.monotonic() < deadline, running(server)
        time.sleep(0.1)


def test_an_endless_query_dies_with_its_client(server: ServerProcess) -> None:
    for sql in ENDLESS:
        connection = server.connect()
        connection.request("POST", "/?query_id=endless", sql.encode(), AUTHORIZATION)
        wait_until(server, "['endless']")
        connection.close()
        wait_until(server, "[]")


def test_an_endless_query_is_killed(server: ServerProcess) -> None:
    answers: list[Answer] = []
    client = threading.Thread(target=lambda: answers.append(server.ask(ENDLESS[0], query_id="endless-2")))
    client.start()
    wait_until(server, "['endless-2']")
    server.value("KILL QUERY WHERE query_id = {id:String}", param_id="endless-2")
    client.join(15)
    assert answers[0].headers["x-clickhouse-exception-code"] == "394"


def test_pings_are_answered_while_many_queries_run(server: ServerProcess) -> None:
    clients = [
        threading.Thread(
            target=server.ask,
            args=("SELECT sleepEachRow(2) FROM numbers(4) SETTINGS max_block_size = 1",),
            kwargs={"query_id": f"slow-{number}"},
        )
        for number in range(200)
    ]
    for client in clients:
        client.start()
    while int(server.value("SELECT count() FROM system.processes WHERE query_id LIKE 'slow%'")) < len(clients):
        assert any(client.is_alive() for client in clients), "the queries did not all run at once"
    began = time.monotonic()
    assert server.ask(method="GET", path="/ping", headers={}).status == 200
    assert time.monotonic() - began < 1.5
    for client in clients:
        client.join()


def test_a_query_with_a_comment_of_its_own_dies_too(server: ServerProcess) -> None:
    sql = b"SELECT count(), 'find' || 'able' FROM system.numbers SETTINGS log_comment = 'mine'"
    seen = "SELECT count() FROM system.processes WHERE query LIKE '%log_comment = %' AND query NOT LIKE '%LIKE%'"
    connection = server.connect()
    connection.request("POST", "/", sql, AUTHORIZATION)
    deadline = time.monotonic() + 15
    while server.value(seen) != "1":
        assert time.monotonic() < deadline
    connection.close()
    while server.value(seen) != "0":
        assert time.monotonic() < deadline
