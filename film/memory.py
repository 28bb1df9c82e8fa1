"""How much memory is left on this machine, and how much a process has."""

from __future__ import annotations

import os
from pathlib import Path

MEMINFO, CGROUPS = Path("/proc/meminfo"), Path("/sys/fs/cgroup")


def available_memory(meminfo: Path = MEMINFO, cgroup: Path | None = None) -> int | None:
    """Bytes that new processes may take without swapping, within a container's limit; None if the system hides it."""
    known = [left for left in (_of_machine(meminfo), _of_container(cgroup or _own_group())) if left is not None]
    return min(known, default=None)


def physical_memory() -> int:
    """Bytes of memory that this machine has."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def memory_of(process: int) -> int:
    """Bytes that *process* has for itself alone; 0 if it has ended or the system hides it."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Private_"))


def _of_machine(meminfo: Path) -> int | None:
    try:
        lines = dict(line.split(":") for line in meminfo.read_text(encoding="ascii").splitlines())
        return int(lines["MemAvailable"].split()[0]) * 1024
    except (OSError, KeyError, ValueError):
        return None


def _of_container(cgroup: Path) -> int | None:
    """The least that this process's control group and those around it leave (version 2 of them)."""
    known = [left for left in map(_of_group, [cgroup, *cgroup.parents]) if left is not None]
    return min(known, default=None)


def _of_group(group: Path) -> int | None:
    try:
        limit = int((group / "memory.max").read_text(encoding="ascii"))  # "max": without a limit
        used = int((group / "memory.current").read_text(encoding="ascii"))
        lines = (group / "memory.stat").read_text(encoding="ascii").splitlines()
        cache = next(int(line.split()[1]) for line in lines if line.startswith("inactive_file "))
    except (OSError, ValueError, StopIteration):
        return None
    return max(0, limit - used + cache)


def _own_group() -> Path:
    try:
        lines = Path("/proc/self/cgroup").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    own = next((line.removeprefix("0::") for line in lines if line.startswith("0::")), "/")
    return CGROUPS / own.lstrip("/")
