"""./test.sh: installs everything that the tests run in."""

import sys
from functools import partial
from pathlib import Path

from millrace_local.command import run_logged
from millrace_local.install import install_venv, installers, locked, remove_lock, tools_environment
from millrace_local.layout import Layout
from millrace_local.outcome import exit_code
from millrace_local.progress import Progress
from millrace_local.stamps import digest, unless_made
from millrace_local.steps import Step, run_steps

TEST_LOCKS = {"test": "e2e/requirements.lock", "clickhouse-test": "clickhouse/embedded/requirements-test.lock"}
# Put before a component's own packages by PYTHONPATH, so that its tests run on exactly what it ships with.
PYTEST_LOCK = "e2e/pytest.lock"
# What the tests build or fetch by themselves.
OWN_BUILD = ("java", "postgres")


def install_pytest(layout: Layout) -> str:
    """Makes home/pytest hold pytest and nothing that components use."""
    place, lock = layout.home / "pytest", layout.root / PYTEST_LOCK
    log = layout.install_logs / "install-pytest.log"

    def make() -> None:
        argv: list[str | Path] = [layout.program("local", "uv"), "pip", "install", "-q", "--python", sys.executable]
        argv += ["--target", place, *locked(lock)]
        run_logged(argv, log, tools_environment(), "Installing pytest", layout.root)
        remove_lock(place)

    made = unless_made(place / "millrace.stamp", digest([lock], sys.version), make)
    return "" if made else "there already"


def main() -> int:
    """Installs side by side; returns the exit code."""
    layout = Layout.from_environment()
    steps = [Step("install pytest", lambda: install_pytest(layout))]
    for name, lock in TEST_LOCKS.items():
        steps.append(Step(f"install {name}", partial(install_venv, layout, name, layout.root / lock)))
    steps += [Step(f"install {name}", action) for name, action in installers(layout).items() if name not in OWN_BUILD]
    run_steps(steps, Progress())
    return 0


if __name__ == "__main__":
    sys.exit(exit_code(main))
