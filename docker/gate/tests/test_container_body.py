"""What a container may be asked to be."""

from copy import deepcopy
from typing import Any

import pytest

from millrace_gate.container_body import HARDENING, hardened_body
from millrace_gate.refused import Refused
from millrace_gate.terms import MAX_MEMORY, Terms

TERMS = Terms("millrace/loader:0.1.0", "ecommerce-pipeline", "millrace", "/srv/pipelines")
# As Airflow's DockerOperator sends it.
ASKED: dict[str, Any] = {
    "Hostname": None,
    "User": None,
    "Tty": False,
    "OpenStdin": False,
    "AttachStdin": False,
    "AttachStdout": True,
    "AttachStderr": True,
    "Env": ["POSTGRES_PASSWORD=ecommerce123"],
    "Cmd": ["load", "--pipeline", "ecommerce"],
    "Image": "millrace/loader:0.1.0",
    "Entrypoint": None,
    "NetworkDisabled": False,
    "Labels": {"millrace.loader": "millrace", "millrace.task": "elt_pipeline.load_orders"},
    "HostConfig": {
        "NetworkMode": "ecommerce-pipeline",
        "CpuShares": 1024,
        "Memory": 402653184,
        "Mounts": [TERMS.mount],
        "LogConfig": {"Type": "json-file", "Config": {"max-size": "10m"}},
    },
}


def asked(**changes: Any) -> dict[str, Any]:
    """The usual request with changes; a key that begins with host_ is of the HostConfig."""
    body = deepcopy(ASKED)
    for key, value in changes.items():
        (body["HostConfig"] if key.startswith("host_") else body)[key.removeprefix("host_")] = value
    return body


def test_the_loader_as_airflow_asks_for_it_is_let_through_with_fewer_rights() -> None:
    body = hardened_body(asked(), TERMS)
    assert body["Cmd"] == ASKED["Cmd"]
    assert body["Env"] == ASKED["Env"]
    assert body["HostConfig"] == {**ASKED["HostConfig"], **HARDENING}
    assert body["HostConfig"]["CapDrop"] == ["ALL"]


@pytest.mark.parametrize(
    "changes",
    [
        {"Image": "alpine"},
        {"User": "root"},
        {"Entrypoint": ["sh"]},
        {"OpenStdin": True},
        {"Labels": {}},
        {"Labels": {"millrace.loader": "another"}},
        {"Labels": {"millrace.loader": "millrace", "com.docker.compose.project": "another"}},
        {"Labels": {"millrace.loader": "millrace", "ofelia.job-local.x.command": "id"}},
        {"Labels": {"millrace.loader": "millrace", "millrace.task": 1}},
        {"Cmd": "sh -c id"},
        {"Env": ["JAVA_TOOL_OPTIONS=-agentpath:/x"]},
        {"Env": ["_JAVA_OPTIONS=-Xmx9g"]},
        {"Env": ["JDK_JAVA_OPTIONS=x"]},
        {"Env": ["LD_PRELOAD=/x.so"]},
        {"Env": ["PATH=/x"]},
        {"Env": ["LOADER_HEAP=9g"]},
        {"Env": ["POSTGRES_HOST"]},
        {"Env": ["A B_HOST=x"]},
        {"Env": {"POSTGRES_HOST": "x"}},
        {"Volumes": {"/x": {}}},
        {"hostconfig": {"Privileged": True}},
        {"HostConfig": None},
        {"host_Privileged": True},
        {"host_privileged": True},
        {"host_Binds": ["/:/host"]},
        {"host_NetworkMode": "host"},
        {"host_NetworkMode": "container:x"},
        {"host_PidMode": "host"},
        {"host_CapAdd": ["SYS_ADMIN"]},
        {"host_Devices": [{"PathOnHost": "/dev/sda"}]},
        {"host_VolumesFrom": ["millrace-postgres-1"]},
        {"host_SecurityOpt": ["seccomp=unconfined"]},
        {"host_Memory": 0},
        {"host_Memory": MAX_MEMORY + 1},
        {"host_Mounts": []},
        {"host_Mounts": [{**TERMS.mount, "Source": "/"}]},
        {"host_Mounts": [{**TERMS.mount, "ReadOnly": False}]},
        {"host_Mounts": [TERMS.mount, {**TERMS.mount, "Source": "/etc"}]},
        {"host_LogConfig": {"Type": "syslog", "Config": {}}},
        {"host_LogConfig": {"Type": "json-file", "Config": {"env": "POSTGRES_PASSWORD"}}},
        {"host_LogConfig": {"Type": "json-file", "Config": {"max-size": 1}}},
        {"host_LogConfig": {"Type": "json-file", "Config": ["max-size"]}},
        {"host_PortBindings": {"80/tcp": [{"HostPort": "80"}]}},
        {"host_RestartPolicy": {"Name": "always"}},
    ],
    ids=str,
)
def test_anything_else_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        hardened_body(asked(**changes), TERMS)


def test_only_judged_keys_are_passed_on() -> None:
    assert set(hardened_body(asked(), TERMS)) <= {
        "Image",
        "Labels",
        "Cmd",
        "Env",
        "AttachStdout",
        "AttachStderr",
        "HostConfig",
    }


def test_a_body_that_is_no_object_is_refused() -> None:
    with pytest.raises(Refused):
        hardened_body([], TERMS)
