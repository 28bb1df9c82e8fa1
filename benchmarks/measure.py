"""Running a command and saying what it took."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock, seconds of CPU of a process and all that it started, and the largest process in MB."""

    wall: float
    cpu: float
    memory: float


def run(command: Sequence[str]) -> Cost:
    """Run *command* in the project's folder. Raises RuntimeError with what it said if it fails."""
    environment = os.environ | {"PYTHONHASHSEED": "0", "PYTHONPATH": str(ROOT)}
    started = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout is not None
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{said[-2000:]}")
    unit = 1024 if sys.platform == "linux" else 1024 * 1024
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit)


def median(measure: Callable[[], Cost], times: int) -> Cost:
    """The medians of several runs."""
    costs = [measure() for _ in range(times)]
    return Cost(
        *(statistics.median(values) for values in zip(*((c.wall, c.cpu, c.memory) for c in costs), strict=True))
    )
