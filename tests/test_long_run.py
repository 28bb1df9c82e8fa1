"""The long run: what it measures of a small project, and what it finds when something is left."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from scenes.programme import ROOT

from .project_copy import copy_project

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")]

UNTIDY = """
import os, subprocess, sys, tempfile, time
held = b"x" * 300_000_000
left, shared = tempfile.mkstemp()[1], open("/dev/shm/trial-{pid}", "w")
shared.write("left"), shared.flush()
subprocess.Popen([sys.executable, "-c", "import os, time; os.setsid(); time.sleep(60)"])
dead = os.fork() or os._exit(0)
time.sleep(3.5)
sys.exit(3)
"""


def long_run(project: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "benchmarks.long_run", "--project", str(project), *options]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def test_a_small_project_leaves_nothing(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    done = long_run(project.root, "-q", "l", "--folder", str(tmp_path / "made"))
    assert done.returncode == 0, done.stderr
    empty, stored, finished = (json.loads(line) for line in done.stdout.splitlines())
    assert empty["cpu_seconds"] > stored["cpu_seconds"] > finished["cpu_seconds"] > 0
    assert 100 < empty["peak_memory_mb"] < 2000
    assert empty["processes_at_peak"] > 1
    assert empty["files"] == finished["files"] > 5
    assert not list((tmp_path / "made" / "store").glob(".uses/*"))


def test_what_is_left_and_too_large_is_told(tmp_path: Path) -> None:
    shared = Path(f"/dev/shm/trial-{os.getpid()}")
    (tmp_path / "render.py").write_text(UNTIDY.format(pid=os.getpid()))
    try:
        done = long_run(tmp_path, "--folder", str(tmp_path / "made"))
    finally:
        shared.unlink(missing_ok=True)
    assert done.returncode == 1
    first = [line.removeprefix("from empty: ") for line in done.stderr.splitlines() if line.startswith("from empty: ")]
    assert "ended with exit code 3: " in first
    assert any(line.endswith("outlived the run") and "time.sleep(60)" in line for line in first)
    assert any(line.endswith("was dead and nobody asked for it") for line in first)
    assert f"{shared} was left behind" in first
    assert any(line.startswith(f"{tmp_path}/made/tmp/") and line.endswith("was left behind") for line in first)

    done = long_run(tmp_path, "--folder", str(tmp_path / "made"), "--limit", "0.2")
    shared.unlink(missing_ok=True)
    assert done.returncode == 1
    assert "0.3 GB of memory" in done.stderr
    assert "over the limit of 0.2 GB; ended" in done.stderr
