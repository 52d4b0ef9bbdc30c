"""A file that is not the one expected is not used."""

from pathlib import Path

import pytest

from millrace_local.checksums import checksum, refuse_other, refuse_others
from millrace_local.problem import Problem


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "postgres.jar"
    path.write_bytes(b"as it was")
    expected = checksum(path)
    refuse_other(path, expected)
    path.write_bytes(b"as it was not")
    with pytest.raises(Problem, match="not the file that it should be"):
        refuse_other(path, expected)


@pytest.mark.parametrize("change", ["changed", "missing", "added", ""])
def test_libraries_are_those_that_are_listed(tmp_path: Path, change: str) -> None:
    folder = tmp_path / "lib"
    folder.mkdir()
    for name in ("a.jar", "b.jar"):
        (folder / name).write_text(name)
    listed = tmp_path / "libraries.sha256"
    listed.write_text("".join(f"{checksum(folder / name)}  {name}\n" for name in ("a.jar", "b.jar")))
    match change:
        case "changed":
            (folder / "b.jar").write_text("other")
        case "missing":
            (folder / "b.jar").unlink()
        case "added":
            (folder / "c.jar").write_text("c.jar")
        case _:
            refuse_others(folder, listed)
            return
    with pytest.raises(Problem, match="c.jar" if change == "added" else "b.jar"):
        refuse_others(folder, listed)
