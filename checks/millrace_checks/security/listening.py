"""Which addresses the product listens on, and who reaches them."""

import socket
import struct
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from millrace_checks.finding import Finding
from millrace_checks.security.containers import containers, published
from millrace_checks.security.door import door
from millrace_checks.security.processes import family, read
from millrace_docker.runtime import DOCKER, remembered
from millrace_local.exposed import is_exposed
from millrace_local.followers import followers
from millrace_local.layout import Layout
from millrace_local.services import SERVICES

LISTEN = "0A"
LOOPBACK = ("127.0.0.1", "::1")
ALL = {"::": "0.0.0.0"}  # a socket for both kinds of addresses
PATIENCE = 1.0  # seconds
# An address that only documents use: asking for the way to it sends nothing.
FAR = ("192.0.2.1", 9)
FEWER = "Set MILLRACE_BIND=127.0.0.1, or stop the program that listens there"


def listening(layout: Layout, settings: Mapping[str, str]) -> Iterator[Finding]:
    """A finding a listener, then one on who reaches the services from the network."""
    bind = settings["MILLRACE_BIND"]
    in_docker = remembered(layout) == DOCKER
    found = published(containers(layout, settings)) if in_docker else listeners(layout.state)
    names = {settings[name]: name for name in settings if name.endswith("_PORT")}
    files = {str(f.port): f"{f.pipeline}.yml" for f in followers(layout.pipelines)}
    for program, address, port in sorted(set(found)):
        setting = names.get(str(port)) or files.get(str(port), "no setting names it")
        # A port without a setting is nobody's to reach, whatever the others are bound to.
        closed = address in LOOPBACK or (ALL.get(address, address) == bind and str(port) in names)
        yield door(f"{program} listens", closed, f"{address}:{port} ({setting})", FEWER)
    yield from_the_network(settings)


def from_the_network(settings: Mapping[str, str]) -> Finding:
    """Tries every service by the address that this machine has in its network."""
    shown = is_exposed(settings)
    address = address_in_the_network()
    if address is None:
        return Finding("reached from the network", True, "this machine is in none")
    ports = [service.port for service in SERVICES.values() if service.port]
    with ThreadPoolExecutor(len(ports)) as pool:
        answering = pool.map(lambda port: connects(address, int(settings[port])), ports)
        open_ports = [port for port, answers in zip(ports, answering, strict=True) if answers]
    words = f"{', '.join(open_ports) or 'none'} at the address of this machine's network"
    return door("reached from the network", shown or not open_ports, words, FEWER)


def address_in_the_network() -> str | None:
    """The address that other machines see; None without a network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(FAR)
        except OSError:
            return None
        address = probe.getsockname()[0]
    return None if address in LOOPBACK else address


def connects(address: str, port: int) -> bool:
    """True when somebody takes a connection there."""
    try:
        socket.create_connection((address, port), PATIENCE).close()
    except OSError:
        return False
    return True


def listeners(state: Path) -> Iterator[tuple[str, str, int]]:
    """Listening sockets of processes that belong to this state folder: program, address, port."""
    sockets = {inode: (address, port) for inode, address, port in listening_sockets()}
    for process in family(state):
        for inode in inodes(process):
            if inode in sockets:
                yield read(process, "comm").strip() or "?", *sockets[inode]


def listening_sockets() -> Iterator[tuple[str, str, int]]:
    """Inode, address and port of every listening TCP socket."""
    for table, kind in (("tcp", socket.AF_INET), ("tcp6", socket.AF_INET6)):
        path = Path(f"/proc/net/{table}")
        for line in path.read_text().splitlines()[1:] if path.exists() else ():
            fields = line.split()
            if fields[3] == LISTEN:
                address, port = fields[1].split(":")
                yield fields[9], shown_address(kind, address), int(port, 16)


def shown_address(family: socket.AddressFamily, digits: str) -> str:
    """An address of /proc/net, which holds words of four bytes in the machine's own order, as people write it."""
    words = bytes.fromhex(digits)
    network = b"".join(struct.pack("!I", *struct.unpack("=I", words[n : n + 4])) for n in range(0, len(words), 4))
    return socket.inet_ntop(family, network).removeprefix("::ffff:")


def inodes(process: int) -> Iterator[str]:
    """Of the sockets that a process holds."""
    try:
        for entry in Path(f"/proc/{process}/fd").iterdir():
            target = str(entry.readlink())
            if target.startswith("socket:["):
                yield target[8:-1]
    except OSError:
        return  # it has ended
