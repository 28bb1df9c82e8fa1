"""A command and all that it starts, watched from outside: memory, open files, and what is left in the end. Linux."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from film.stopping import terminated_like_interrupted

PROC = Path("/proc")
SHARED_FOLDERS = (Path("/dev/shm"), Path("/tmp"), Path("/var/tmp"))  # where programs leave things outside TMPDIR
INTERVAL = 0.5
_GRACE = 5.0  # seconds in which what a run started may still end
_LASTING = 4  # samples for which a process must be dead and unburied to count as a zombie
_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER of prctl(2)


@dataclass
class Watched:
    """What a command took and left: seconds, bytes of memory of all its processes together, processes, files."""

    wall: float = 0.0
    cpu: float = 0.0
    peak: int = 0
    peak_at: float = 0.0
    peak_processes: int = 0
    samples: int = 0
    status: int = 0
    too_large: bool = False
    zombies: list[str] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)
    left_files: list[str] = field(default_factory=list)
    said: str = ""


def watched(command: Sequence[str], *, cwd: Path, environment: Mapping[str, str], limit: int, log: Path) -> Watched:
    """Run *command*; what it says goes to *log*. It is ended when its processes have more than *limit* bytes.

    What lies beside *log*, and below, is where it should work; files that it leaves elsewhere are told.

    Memory is the sum of the proportional set sizes, so what processes share counts once. Orphans become children of
    this process, which therefore must have no others.
    """
    _adopt_orphans()
    found, seen, dead = Watched(), set[Path](), dict[int, int]()
    used, since = _children_cpu(), time.time()
    began = time.monotonic()
    with (
        terminated_like_interrupted(),
        log.open("w", encoding="utf-8") as file,
        subprocess.Popen(command, cwd=cwd, env=environment, stdout=file, stderr=subprocess.STDOUT) as process,
    ):
        try:
            while process.poll() is None:
                _sample(found, time.monotonic() - began, seen, dead)
                if found.peak > limit and not found.too_large:
                    found.too_large = True
                    process.terminate()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(INTERVAL)
        finally:
            process.terminate()
    found.wall, found.status = time.monotonic() - began, process.returncode
    found.orphans = _orphans()
    found.cpu = _children_cpu() - used
    found.left_files = sorted(str(path) for path in seen if _is_stray(path, log.parent, since))
    found.said = log.read_text(encoding="utf-8", errors="replace")
    return found


def descendants(ancestor: int) -> dict[int, str]:
    """The state (as in ``/proc/<pid>/stat``) of every process that *ancestor* or one of these started, by its id."""
    parents: dict[int, tuple[int, str]] = {}
    for folder in PROC.glob("[0-9]*"):
        with contextlib.suppress(OSError):
            state, parent, *_ = (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()
            parents[int(folder.name)] = int(parent), state
    found = dict[int, str]()
    generation = {ancestor}
    while generation:
        generation = {child for child, (parent, _) in parents.items() if parent in generation}
        found |= {child: parents[child][1] for child in generation}
    return found


def proportional_memory(process: int) -> int:
    """Bytes of *process*, those that it shares with others divided among them; 0 if it has ended."""
    with contextlib.suppress(OSError):
        for line in (PROC / str(process) / "smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def _sample(found: Watched, now: float, seen: set[Path], dead: dict[int, int]) -> None:
    states = descendants(os.getpid())
    memory = sum(map(proportional_memory, states))
    if memory > found.peak:
        found.peak, found.peak_at, found.peak_processes = memory, now, len(states)
    found.samples += 1
    for process, state in states.items():
        seen.update(_open_files(process))
        dead[process] = dead.get(process, 0) + 1 if state == "Z" else 0
        if dead[process] == _LASTING:
            found.zombies.append(_called(process))


def _open_files(process: int) -> Iterator[Path]:
    """What *process* has open in the folders that all programs share."""
    try:
        for handle in (PROC / str(process) / "fd").iterdir():
            with contextlib.suppress(OSError):
                path = handle.readlink()
                if any(path.is_relative_to(folder) for folder in SHARED_FOLDERS):
                    yield path
    except OSError:
        return


def _is_stray(path: Path, place: Path, since: float) -> bool:
    """Whether *path* is there still, outside *place*, and was written after *since*."""
    with contextlib.suppress(OSError):
        return not path.is_dir() and not path.is_relative_to(place) and path.stat().st_mtime >= since
    return False


def _orphans() -> list[str]:
    """The processes that outlive the run that started them; they are ended."""
    deadline = time.monotonic() + _GRACE
    while living := _bury():
        if time.monotonic() > deadline:
            names = [_called(process) for process in living]
            for process in living:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
            return names
        time.sleep(0.1)
    return []


def _bury() -> list[int]:
    """Take note of the ends of adopted processes; return those that live."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    return [process for process, state in descendants(os.getpid()).items() if state != "Z"]


def _called(process: int) -> str:
    with contextlib.suppress(OSError):
        name = (PROC / str(process) / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
        return f"{process} {name or (PROC / str(process) / 'comm').read_text().strip()}"
    return str(process)


def _children_cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _adopt_orphans() -> None:
    """Have every orphan among this process's descendants become its child, so that none gets out of sight."""
    if ctypes.CDLL(None, use_errno=True).prctl(_SUBREAPER, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "this system does not let a process adopt orphans; it needs Linux")
