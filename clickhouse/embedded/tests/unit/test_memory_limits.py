from pathlib import Path

import pytest

from millrace_clickhouse.memory_limits import MemoryLimits, available_memory

GIB = 1 << 30


@pytest.mark.parametrize(
    ("group", "files", "wanted"),
    [
        ("", {}, 16 * GIB),
        ("0::/\n", {"memory.max": "max\n"}, 16 * GIB),
        ("0::/\n", {"memory.max": str(2 * GIB)}, 2 * GIB),
        ("0::/a/b\n", {"a/b/memory.max": "max", "a/memory.max": str(3 * GIB)}, 3 * GIB),
        ("4:memory:/c\n1:cpu:/\n", {"memory/c/memory.limit_in_bytes": str(4 * GIB)}, 4 * GIB),
        ("4:cpu,memory:/gone\n", {"memory/memory.limit_in_bytes": str(4 * GIB)}, 4 * GIB),
        ("4:memory:/c\n", {"memory/c/memory.limit_in_bytes": "9223372036854771712"}, 16 * GIB),
        ("4:memory:/c\n0::/d\n", {"memory/c/memory.limit_in_bytes": str(9 * GIB), "d/memory.max": str(GIB)}, GIB),
    ],
)
def test_finds_what_the_process_may_have(tmp_path: Path, group: str, files: dict[str, str], wanted: int) -> None:
    proc, groups = tmp_path / "proc", tmp_path / "groups"
    (proc / "self").mkdir(parents=True)
    (proc / "meminfo").write_text("MemFree: 1 kB\nMemTotal:       16777216 kB\n")
    (proc / "self/cgroup").write_text(group)
    for name, text in files.items():
        (groups / name).parent.mkdir(parents=True, exist_ok=True)
        (groups / name).write_text(text)
    assert available_memory(proc, groups) == wanted


def test_shares() -> None:
    limits = MemoryLimits.of(10 * GIB)
    assert (limits.engine, limits.query) == (7 * GIB, int(7 * GIB * 0.7))
    assert MemoryLimits.of(GIB // 2).engine == GIB // 2
