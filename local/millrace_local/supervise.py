"""Talks to supervisord, and starts it when it is not there."""

import os
import subprocess
import time
import xmlrpc.client
from collections.abc import Mapping
from http.client import HTTPException
from pathlib import Path
from typing import Any

from supervisor.xmlrpc import SupervisorTransport

from millrace_local.layout import Layout
from millrace_local.private import own_folder, require_own
from millrace_local.problem import Problem

ALREADY_STARTED = 60  # supervisor.xmlrpc.Faults
NOT_RUNNING = 70
START_TIMEOUT = 15.0  # seconds


class Supervisor:
    """The supervisord of one state folder."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._socket: Path = layout.supervisor_socket

    def _rpc(self) -> Any:
        # A connection a call: the transport is not made for threads.
        transport = SupervisorTransport(None, None, f"unix://{self._socket}")
        return xmlrpc.client.ServerProxy("http://127.0.0.1", transport).supervisor

    def is_up(self) -> bool:
        """True when supervisord answers; raises Problem (exit code 2) when the socket is another account's."""
        require_own(self._socket.parent)
        require_own(self._socket)
        try:
            return self._rpc().getState()["statecode"] == 1
        except (OSError, HTTPException, xmlrpc.client.Error):
            return False

    def boot(self, environment: Mapping[str, str]) -> None:
        """Starts supervisord, which passes this environment on to the processes it keeps.

        Raises Problem when it does not answer in time.
        """
        for folder in (self._layout.logs, self._layout.run, self._socket.parent):
            own_folder(folder)
        program = self._layout.program("local", "supervisord")
        config = self._layout.root / "local/supervisord.conf"
        done = subprocess.run([program, "-c", config], env=dict(environment), capture_output=True, text=True)
        deadline = time.monotonic() + START_TIMEOUT
        while not self.is_up():
            if done.returncode != 0 or time.monotonic() > deadline:
                said = (done.stdout + done.stderr).strip() or "it does not answer"
                raise Problem(f"supervisord did not start: {said}", f"See {self._layout.logs}/supervisord.log")
            time.sleep(0.05)

    def states(self) -> dict[str, dict[str, Any]]:
        """What supervisord knows of each process, by name: statename, pid, start, now, description."""
        return {info["name"]: info for info in self._rpc().getAllProcessInfo()}

    def start(self, name: str) -> bool:
        """Starts a process without waiting for it; False when it runs already."""
        try:
            self._rpc().startProcess(name, False)
        except xmlrpc.client.Fault as fault:
            if fault.faultCode == ALREADY_STARTED:
                return False
            raise Problem(f"{name} could not be started: {fault.faultString}", f"See ./run.sh --logs {name}") from fault
        return True

    def stop(self, name: str) -> None:
        """Stops a process and waits until it is gone."""
        try:
            self._rpc().stopProcess(name, True)
        except xmlrpc.client.Fault as fault:
            if fault.faultCode != NOT_RUNNING:
                raise Problem(f"{name} could not be stopped: {fault.faultString}", "Run ./stop.sh again.") from fault

    def read_again(self) -> list[str]:
        """Takes over a changed configuration; what is in it no more is stopped first. Returns the names of that."""
        rpc = self._rpc()
        added, changed, removed = rpc.reloadConfig()[0]
        for name in (*changed, *removed):
            rpc.stopProcessGroup(name, True)
            rpc.removeProcessGroup(name)
        for name in (*changed, *added):
            rpc.addProcessGroup(name)
        return list(removed)

    def shut_down(self) -> None:
        """Ends supervisord and waits until it is gone."""
        pid = self._rpc().getPID()
        self._rpc().shutdown()
        deadline = time.monotonic() + START_TIMEOUT
        while alive(pid) and time.monotonic() < deadline:
            time.sleep(0.05)


def alive(pid: int) -> bool:
    """True when a process with this id exists."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
