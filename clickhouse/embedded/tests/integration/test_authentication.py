from server_process import PASSWORD, USER, ServerProcess

# HTTP clients send a header as bytes, and Python's takes them as Latin-1.
AS_HEADER = PASSWORD.encode().decode("latin-1")
AS_LITERAL = PASSWORD.replace("\\", "\\\\").replace("'", "\\'")


def test_ways_in(server: ServerProcess) -> None:
    assert server.ask("SELECT 1", {"X-ClickHouse-User": USER, "X-ClickHouse-Key": AS_HEADER}).text == "1\n"
    assert server.ask("SELECT 1", {}, user=USER, password=PASSWORD).text == "1\n"


def test_a_wrong_password(server: ServerProcess) -> None:
    answer = server.ask("SELECT 1", {}, user=USER, password="wrong")
    assert (answer.status, answer.headers["x-clickhouse-exception-code"]) == (403, "516")
    assert "wrong" not in answer.text + server.log()


def test_the_password_shows_nowhere(server: ServerProcess) -> None:
    server.ask(f"CREATE DICTIONARY broken '{AS_LITERAL}'")
    assert PASSWORD not in server.log()
    for file in (server.path / "data" / "configuration").iterdir():
        assert PASSWORD not in file.read_text()


def test_a_dictionary_signs_in_with_the_clients_password(server: ServerProcess) -> None:
    server.value("CREATE OR REPLACE TABLE source (id UInt64, name String) ENGINE = MergeTree ORDER BY id")
    server.value("INSERT INTO source VALUES (1, 'one')")
    server.value(
        "CREATE OR REPLACE DICTIONARY names (id UInt64, name String) PRIMARY KEY id LAYOUT(FLAT()) LIFETIME(0) "
        f"SOURCE(CLICKHOUSE(USER '{USER}' PASSWORD '{AS_LITERAL}' DB 'default' TABLE 'source'))"
    )
    assert server.value("SELECT dictGet('names', 'name', toUInt64(1))") == "one"


def test_bytes_that_are_no_text_are_a_wrong_login(server: ServerProcess) -> None:
    answer = server.ask(b"", {}, "GET", "/?user=%ff&password=%fe&query=SELECT+1")
    assert (answer.status, answer.headers["x-clickhouse-exception-code"]) == (403, "516")
