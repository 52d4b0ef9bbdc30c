"""What --security makes of what it sees."""

import http.server
import json
import os
import shlex
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from millrace_checks.finding import Finding
from millrace_checks.security import listening, programs
from millrace_checks.security.asking import Answer, ask, send_raw
from millrace_checks.security.clickhouse import verdict
from millrace_checks.security.containers import Running, published
from millrace_checks.security.door import door
from millrace_checks.security.files import changeable, files, unchangeable
from millrace_checks.security.gate import loaders
from millrace_checks.security.headers import framed, readable_elsewhere
from millrace_checks.security.isolation import rights, serving
from millrace_checks.security.native import native
from millrace_checks.security.order_api import order_api
from millrace_checks.security.passwords import passwords
from millrace_checks.security.users import clickhouse_users, knows_administrator
from millrace_gate.container_body import hardened_body
from millrace_gate.refused import Refused
from millrace_gate.terms import Terms
from millrace_local.layout import Layout

DEFAULTS = {"AIRFLOW_ADMIN_PASSWORD": "admin", "CLICKHOUSE_PASSWORD": "clickhouse123"}


class Pages(http.server.BaseHTTPRequestHandler):
    """/closed has every header that it should have, any other page lets everybody in."""

    def do_GET(self) -> None:
        self.send_response(200)
        if self.path == "/closed":
            self.send_header("X-Frame-Options", "DENY")
            self.send_header("X-Content-Type-Options", "nosniff")
        else:
            self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def port() -> Iterator[str]:
    """The port of a server with Pages."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield str(server.server_address[1])
    server.shutdown()
    server.server_close()


def test_a_remedy_is_told_only_where_a_door_is_open() -> None:
    assert door("a", True, "refused", "Close it") == Finding("a", True, "refused")
    assert door("a", False, "gets in", "Close it") == Finding("a", False, "gets in. Close it")


@pytest.mark.parametrize(
    ("answer", "closed"),
    [
        (Answer(200, {}, "1"), False),
        (
            Answer(500, {}, "Code: 497. DB::Exception: reader: Not enough privileges. (ACCESS_DENIED) (version 26)"),
            True,
        ),
        (Answer(500, {}, "Code: 27. DB::Exception: Cannot parse input: 'uid=0'. (CANNOT_PARSE_INPUT)"), False),
        (Answer(400, {}, "Code: 62. DB::Exception: Syntax error. (SYNTAX_ERROR)"), False),
        (Answer(502, {}, ""), False),
    ],
)
def test_only_a_refusal_closes_a_door_not_any_error(answer: Answer, closed: bool) -> None:
    holds, words = verdict(answer, ())
    assert holds is closed
    assert "uid" not in words


def test_an_error_that_means_no_for_this_statement_closes_it() -> None:
    assert verdict(Answer(400, {}, "Code: 62. x. (SYNTAX_ERROR)"), ("SYNTAX_ERROR",)) == (True, "refused: SYNTAX_ERROR")


@pytest.mark.parametrize(("answer", "holds"), [(b"\x00", False), (b"\x02", True), (b"", True)])
def test_a_login_by_the_native_protocol(answer: bytes, holds: bool) -> None:
    settings = {"CLICKHOUSE_USER": "default", "CLICKHOUSE_PASSWORD": "a"}
    with socket.create_server(("127.0.0.1", 0)) as server, ThreadPoolExecutor(1) as pool:

        def serve() -> list[bytes]:
            received = []
            for _ in range(2):
                client, _ = server.accept()
                with client:
                    received.append(client.recv(100))
                    client.sendall(answer)
            return received

        serving = pool.submit(serve)
        found = list(native({**settings, "CLICKHOUSE_NATIVE_PORT": str(server.getsockname()[1])}))
        packets = serving.result()
    assert [each.holds for each in found] == [holds, holds]
    assert packets[1] == b"\x00\x08millrace\x01\x00\x81\xa9\x03\x00\x07default\x0anone of it"


def test_headers_of_pages(port: str) -> None:
    assert framed("x", port, "/closed").holds
    assert readable_elsewhere("x", port, "/closed").holds
    lacking = framed("x", port, "/open")
    assert (lacking.holds, lacking.detail.split(".")[0]) == (False, "lacks a frame policy and nosniff")
    assert not readable_elsewhere("x", port, "/open").holds


def test_the_order_api_is_tried_where_a_pipeline_needs_it(port: str, tmp_path: Path) -> None:
    assert list(order_api(tmp_path, {"ORDER_API_PORT": port})) == []
    sample = Path(__file__).parents[2] / "pipelines/samples/store.yml"
    (tmp_path / "store.yml").write_text(sample.read_text())
    assert [finding.holds for finding in order_api(tmp_path, {"ORDER_API_PORT": port})] == [False, False]


def test_requests_that_no_client_would_send(port: str) -> None:
    assert ask(port, "GET", "/", {"Host": "elsewhere.example"}).status == 200
    assert send_raw(port, b"nonsense\r\n\r\n") == 0
    assert Answer(0, {}, "").refused
    assert not Answer(500, {}, "").refused


@pytest.mark.parametrize(("bind", "open_doors"), [("127.0.0.1", 0), ("0.0.0.0", 2)])
def test_a_documented_password_is_for_this_machine_alone(bind: str, open_doors: int) -> None:
    settings = {"MILLRACE_BIND": bind, "AIRFLOW_ADMIN_PASSWORD": "admin", "CLICKHOUSE_PASSWORD": "another one"}
    found = list(passwords(settings, DEFAULTS))
    # Airflow's, and the webhook, which knows none.
    assert [f.subject for f in found if not f.holds] == ["AIRFLOW_ADMIN_PASSWORD", "webhook without a login"][
        :open_doors
    ]
    assert "another one" not in str(found)


def test_listeners_are_found_with_their_addresses() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as four,
        socket.create_server(("::1", 0), family=socket.AF_INET6) as six,
    ):
        found = {(address, port) for _, address, port in listening.listening_sockets()}
        assert ("127.0.0.1", four.getsockname()[1]) in found
        assert ("::1", six.getsockname()[1]) in found
        own = set(listening.inodes(os.getpid()))
        assert {i for i, _, port in listening.listening_sockets() if port == four.getsockname()[1]} <= own


def test_an_ipv4_address_in_an_ipv6_socket_is_shown_as_such() -> None:
    assert listening.shown_address(socket.AF_INET6, "0000000000000000FFFF00000100007F") == "127.0.0.1"


def test_what_others_may_change(tmp_path: Path) -> None:
    path = tmp_path / "program"
    path.touch()
    for mode, loose in ((0o755, False), (0o757, True)):
        path.chmod(mode)
        assert changeable(path, sticky=False) is loose
    tmp_path.chmod(0o1777)
    assert changeable(tmp_path, sticky=False)
    assert not changeable(tmp_path, sticky=True)
    (tmp_path / "link").symlink_to(path)
    assert not changeable(tmp_path / "link", sticky=False)
    assert unchangeable("code", [tmp_path / "none", path]).detail.startswith(f"{path} can be changed by others. chmod")


def test_a_group_of_its_own_is_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "program"
    path.touch()
    path.chmod(0o775)
    assert not changeable(path, sticky=False)
    if os.getuid() == 0:
        os.chown(path, 1, 2)  # an account's file in the group of another one
        assert changeable(path, sticky=False)


def test_files_that_others_may_read(tmp_path: Path) -> None:
    root, state = tmp_path / "checkout", tmp_path / "state"
    for folder in (root, state / "run"):
        folder.mkdir(parents=True)
    (root / ".env").touch(mode=0o600)
    state.chmod(0o700)
    (state / "run").chmod(0o700)
    (state / "secrets.env").touch(mode=0o600)
    socket.socket(socket.AF_UNIX).bind(str(state / "run/supervisor.sock"))

    def open_doors() -> list[str]:
        return [f.subject for f in files(Layout(root, tmp_path / "home", state)) if not f.holds]

    assert open_doors() == []
    (root / ".env").chmod(0o640)
    (state / "secrets.env").chmod(0o604)
    (state / "run").chmod(0o750)
    state.chmod(0o710)
    assert open_doors() == ["state folder", "settings (.env)", "generated keys", "socket supervisor.sock"]


def test_programs_know_their_own_secrets_only() -> None:
    clickhouse, scheduler = programs.OWN["millrace_clickhouse"], programs.OWN["airflow scheduler"]
    assert clickhouse.match("CLICKHOUSE_PASSWORD")
    assert not clickhouse.match("POSTGRES_PASSWORD")
    assert scheduler.match("SHOP_PASSWORD")
    assert not scheduler.match("SUPERSET_DB_PASSWORD")
    assert not programs.OWN["bin/postgres"].match("PGPASSWORD")


@pytest.mark.parametrize(
    ("program", "environment", "writer", "known"),
    [
        ("webhook", {"CLICKHOUSE_PASSWORD": "w"}, "w", False),
        ("webhook", {"ANY": "a"}, "w", True),
        ("clickhouse", {"CLICKHOUSE_PASSWORD": "a"}, "w", False),
        ("webhook", {"CLICKHOUSE_PASSWORD": "a"}, "a", False),
        ("webhook", {"CLICKHOUSE_PASSWORD": "a"}, None, False),
    ],
)
def test_who_knows_the_administrators_password(
    program: str, environment: dict[str, str], writer: str | None, known: bool
) -> None:
    settings = {"CLICKHOUSE_USER": "default", "CLICKHOUSE_PASSWORD": "a", "CLICKHOUSE_WRITER_USER": "writer"}
    settings |= {"CLICKHOUSE_WRITER_PASSWORD": writer} if writer else {}
    assert knows_administrator(program, environment, settings) is known


def test_published_ports_of_containers() -> None:
    ports = {"8123/tcp": [{"HostIp": "127.0.0.1", "HostPort": "18123"}, {"HostIp": "", "HostPort": "1"}], "9/tcp": None}
    container = Running("clickhouse", {"NetworkSettings": {"Ports": ports}})
    assert list(published([container])) == [("clickhouse", "127.0.0.1", 18123), ("clickhouse", "0.0.0.0", 1)]


def test_what_a_container_may_do() -> None:
    host = {"Privileged": False, "SecurityOpt": ["no-new-privileges:true"], "CapDrop": ["ALL"], "PidMode": ""}
    host |= {"NetworkMode": "millrace", "IpcMode": "private"}
    assert rights(Running("webhook", {"HostConfig": host})) == []
    mighty = {**host, "Privileged": True, "SecurityOpt": None, "CapDrop": None, "PidMode": "host"}
    assert len(rights(Running("webhook", {"HostConfig": mighty}))) == 4


def test_a_health_check_is_no_process_of_the_server() -> None:
    listed = ["10 1 0 docker-init", "9 11 999 postgres", "11 10 999 postgres", "30 1 0 sh", "31 30 0 pg_isready"]
    assert serving(listed, "10") == {"999"}
    assert serving([*listed, "12 10 0 sh"], "10") == {"999", "0"}
    assert serving([], "10") == set()


def test_the_gate_is_asked_for_the_loader_and_for_more() -> None:
    terms = {"GATE_IMAGE": "loader", "GATE_NETWORK": "n", "GATE_PROJECT": "p", "GATE_PIPELINES": "/it's here"}
    loader, *others = loaders(terms)
    assert hardened_body(json.loads(loader.body), Terms("loader", "n", "p", "/it's here"))
    for request in others:
        with pytest.raises(Refused):
            hardened_body(json.loads(request.body), Terms("loader", "n", "p", "/it's here"))
    assert shlex.split(loader.command)[-1].endswith("/containers/create")


def test_users_of_clickhouse_are_those_that_settings_name() -> None:
    settings = {"CLICKHOUSE_USER": "default", "CLICKHOUSE_PASSWORD": "a"}
    assert [user.role for user in clickhouse_users(settings)] == ["administrator"]
