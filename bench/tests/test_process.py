"""Measuring real processes."""

import os
import sys

import pytest

from millrace_bench.process import Failed, measure

GROW = "import subprocess, sys, time; held = b'x' * {own}_000_000; {more}; time.sleep({rest})"


def python(code, log, limit=30.0):
    return measure([sys.executable, "-c", code], os.environ, log, limit)


def test_peak_is_the_process_own(tmp_path):
    held = b"x" * 200_000_000  # ours: must not be taken for the child's
    usage = python(GROW.format(own=60, more="pass", rest=0.8), tmp_path / "log")
    assert 60 < usage.peak < 120 < len(held)
    assert usage.seconds >= 0.8
    assert usage.cpu > 0


def test_children_count(tmp_path):
    child = GROW.format(own=60, more="pass", rest=1.5)
    start = f"subprocess.run([sys.executable, '-c', {child!r}])"
    usage = python(GROW.format(own=60, more=start, rest=0), tmp_path / "log")
    assert 120 < usage.peak < 200


def test_failure_says_why(tmp_path):
    with pytest.raises(Failed, match="exit code 3: an error of some kind"):
        python("import sys; print('an error of some kind', file=sys.stderr); sys.exit(3)", tmp_path / "log")


def test_limit_ends_the_process(tmp_path):
    told = tmp_path / "pid"
    with pytest.raises(Failed, match="too long"):
        code = f"import os, time; open({str(told)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
        python(code, tmp_path / "log", limit=0.5)
    with pytest.raises(ProcessLookupError):
        os.kill(int(told.read_text()), 0)
