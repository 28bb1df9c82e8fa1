"""Many tasks: order, memory, failures, killed processes, and runs that are stopped."""

from __future__ import annotations

import contextlib
import mmap
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from film import schedule
from film.atomic import is_alive
from film.fork_server import ForkServer, private_server
from film.memory import available_memory, memory_of, physical_memory
from film.schedule import running
from film.task import MEGABYTE, Outcome, Task, TaskKilled
from scenes.programme import ROOT

from .waiting import all_gone, processes_noted, wait_until

WORK = "tests.film.forked_work"


@pytest.fixture(scope="module")
def server() -> Iterator[ForkServer]:
    with private_server(ROOT) as started:
        yield started


def task(name: str, function: str, *arguments: Any, weight: float = 1.0, memory: int = MEGABYTE) -> Task:
    return Task(name, f"{WORK}:{function}", arguments, weight, memory)


def outcomes(tasks: list[Task], server: ForkServer, **options: Any) -> dict[str, Outcome]:
    with running(tasks, server=server, **options) as found:
        return {outcome.task.name: outcome for outcome in found}


def test_every_task_has_an_outcome_and_failures_stop_nobody(server: ForkServer) -> None:
    tasks = [task(f"square {number}", "square", number) for number in range(12)]
    tasks += [task("fail", "fail", "no luck"), task("leave", "leave"), task("unsendable", "fail_unsendable")]
    found = outcomes(tasks, server, workers=4)
    assert {found[f"square {number}"].result for number in range(12)} == {number**2 for number in range(12)}
    assert isinstance(found["fail"].error, ValueError)
    assert "forked_work.py" in found["fail"].traceback
    assert str(found["leave"].error) == "SystemExit: gone"
    assert str(found["unsendable"].error).endswith("Unsendable: 1 and 2")
    assert len(found) == len(tasks)
    assert outcomes([], server) == {}


def test_outcomes_come_as_they_are_known(server: ForkServer, tmp_path: Path) -> None:
    slow = task("slow", "sleep_with_helper", str(tmp_path / "note"), weight=2)
    with running([slow, task("quick", "square", 3)], workers=2, server=server) as found:
        assert next(found).task.name == "quick"
        assert is_alive(processes_noted(tmp_path / "note")[0])
    wait_until(lambda: all_gone(processes_noted(tmp_path / "note")))  # a busy machine may take a moment
    assert server.identity is not None  # a lent server is kept


def _log(path: Path) -> list[tuple[str, str]]:
    return [(line.split()[0], line.split()[1]) for line in path.read_text().splitlines()]


def _most_at_once(log: list[tuple[str, str]]) -> int:
    at_once = most = 0
    for _, what in log:
        at_once += 1 if what == "begins" else -1
        most = max(most, at_once)
    return most


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_as_many_as_workers_run_at_once(server: ForkServer, tmp_path: Path, workers: int) -> None:
    log = tmp_path / "log"
    tasks = [task(f"{number}", "span", str(log), f"{number}", workers) for number in range(5)]
    outcomes(tasks, server, workers=workers)
    assert _most_at_once(_log(log)) == workers


def test_the_longest_work_comes_first(server: ForkServer, tmp_path: Path) -> None:
    log = tmp_path / "log"
    tasks = [task(f"{weight}", "span", str(log), f"{weight}", 1, weight=weight) for weight in (2, 5, 1, 4)]
    outcomes(tasks, server, workers=1)
    assert [name for name, what in _log(log) if what == "begins"] == ["5", "4", "2", "1"]


def test_memory_bounds_what_runs_at_once_but_one_always_runs(
    server: ForkServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def most(available: int | None, physical: int, need: int, meeting: int) -> int:
        log = tmp_path / f"log {available} {physical} {need}"
        monkeypatch.setattr(schedule, "available_memory", lambda: available)
        monkeypatch.setattr(schedule, "physical_memory", lambda: physical)
        monkeypatch.setattr(schedule, "memory_of", lambda process: 0)
        tasks = [task(f"{number}", "span", str(log), f"{number}", meeting, memory=need) for number in range(4)]
        assert len(outcomes(tasks, server, workers=4)) == 4
        return _most_at_once(_log(log))

    assert most(available=100, physical=0, need=1000, meeting=1) == 1
    assert most(available=1000, physical=0, need=400, meeting=2) == 2
    assert most(available=None, physical=1200, need=400, meeting=3) == 3
    assert most(available=1 << 60, physical=0, need=400, meeting=4) == 4


def test_a_killed_task_is_tried_again_alone(server: ForkServer, tmp_path: Path) -> None:
    log = tmp_path / "log"
    tasks = [task(f"other{number}", "span", str(log), f"other{number}", 1) for number in range(3)]
    tasks += [
        task("unlucky", "die_once", str(tmp_path / "died"), weight=3),
        task("doomed", "die", str(log), weight=2),
    ]
    found = outcomes(tasks, server, workers=2)
    assert found["unlucky"].result == "survived"
    error = found["doomed"].error
    assert isinstance(error, TaskKilled)
    assert str(error).startswith("doomed: its process was ended twice, the second time by signal SIGKILL")
    lines = log.read_text().splitlines()
    assert lines.count("died") == 2
    assert lines[-1] == "died"
    assert _most_at_once([(line, "begins" if "begins" in line else "ends") for line in lines[:-1] if " " in line]) <= 2
    assert len(found) == len(tasks)


def test_progress_and_output_reach_the_caller(server: ForkServer) -> None:
    heard = []
    tasks = [task("counts", "count", 5), task("says", "say", "hello")]
    found = outcomes(tasks, server, workers=1, report=lambda *message: heard.append(message))
    assert heard == [("counts", done, 5) for done in range(1, 6)]
    assert found["says"].output == "hello\nhello\n"
    assert found["counts"].output == ""


def test_each_task_has_a_folder_that_is_closed_with_it(server: ForkServer, tmp_path: Path) -> None:
    opened: list[Path] = []

    @contextlib.contextmanager
    def folder() -> Iterator[Path]:
        place = tmp_path / f"work{len(opened)}"
        place.mkdir()
        opened.append(place)
        yield place
        (place / "output.txt").unlink()
        place.rmdir()

    tasks = [task("one", "describe"), task("two", "describe"), task("three", "die", str(tmp_path / "log"))]
    found = outcomes(tasks, server, workers=2, working_folder=folder)
    assert {found[name].result["tempdir"] for name in ("one", "two")} < {str(place) for place in opened}
    assert len(opened) == 4  # one for the second try
    assert not any(place.exists() for place in opened)


def test_a_server_that_is_killed_costs_a_second_try(tmp_path: Path) -> None:
    note, go = tmp_path / "note", tmp_path / "go"
    with private_server(ROOT) as fragile:
        tasks = [task("waits", "wait_for", str(note), str(go)), task("square", "square", 3, weight=2)]
        with running(tasks, workers=2, server=fragile) as found:
            assert next(found).result == 9
            wait_until(note.exists)
            assert fragile.process is not None
            fragile.process.kill()
            go.touch()
            assert [outcome.result for outcome in found] == ["seen"]


# ---- memory --------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_memory_is_what_the_system_says() -> None:
    available = available_memory()
    assert available is not None
    assert 0 < available < physical_memory()
    before = memory_of(os.getpid())
    # Mapped, not allocated: what earlier tests have freed would be used again.
    with mmap.mmap(-1, 64 * MEGABYTE, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS) as ballast:
        ballast.write(b"x" * len(ballast))
        assert memory_of(os.getpid()) - before > 0.9 * len(ballast)
    assert memory_of(2**22 + 1) == 0


def test_a_containers_limit_counts(tmp_path: Path) -> None:
    meminfo, group = tmp_path / "meminfo", tmp_path / "cgroup" / "job" / "step"
    meminfo.write_text("MemTotal:       1000 kB\nMemAvailable:    800 kB\n")
    group.mkdir(parents=True)
    assert available_memory(meminfo, group) == 800 * 1024
    for place, limit in ((group, "max"), (group.parent, "500000")):
        (place / "memory.max").write_text(f"{limit}\n")
        (place / "memory.current").write_text("450000\n")
        (place / "memory.stat").write_text("anon 1\ninactive_file 30000\n")
    assert available_memory(meminfo, group) == 80000
    assert available_memory(tmp_path / "missing", tmp_path / "missing") is None


# ---- runs that are stopped -----------------------------------------------------------------------

RUN = """
import sys
from pathlib import Path
from film.schedule import running
from film.task import Task
from film.store import Store
folder = Path(sys.argv[1])
tasks = [Task(f"{n}", "tests.film.forked_work:sleep_with_helper", (str(folder / f"note{n}"),)) for n in range(2)]
try:
    with running(tasks, workers=2, working_folder=Store(folder / "store").working_folder) as outcomes:
        list(outcomes)
except KeyboardInterrupt:
    sys.exit(130)
"""


def _in_session(session: int) -> list[int]:
    living = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = status.read_text().rpartition(")")[2].split()
            if fields[0] != "Z" and int(fields[3]) == session:
                living.append(int(status.parent.name))
    return living


def _work_in(store: Path) -> list[Path]:
    """What lies in a store but for its own locks."""
    return [path for path in store.iterdir() if not path.name.startswith(".")]


def _started(folder: Path, ready: Callable[[], bool]) -> subprocess.Popen[bytes]:
    run = subprocess.Popen([sys.executable, "-c", RUN, folder], cwd=ROOT, start_new_session=True)
    try:
        wait_until(ready)
    except AssertionError:
        run.kill()
        raise
    return run


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_stopped_run_leaves_no_process_and_no_folder(tmp_path: Path, how: signal.Signals) -> None:
    notes = [tmp_path / f"note{number}" for number in range(2)]
    with _started(tmp_path, lambda: all(note.exists() for note in notes)) as run:
        processes = [process for note in notes for process in processes_noted(note)]
        assert all(is_alive(process) for process in processes)
        if how is signal.SIGINT:
            os.killpg(run.pid, how)  # as a terminal does
        else:
            run.send_signal(how)
        began = time.monotonic()
        code = run.wait(10)
    assert code == {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGKILL: -9}[how]
    if how is signal.SIGKILL:
        time.sleep(1.0)
    else:
        assert time.monotonic() - began < 2.0
        assert not _work_in(tmp_path / "store")
    assert not any(is_alive(process) for process in processes)
    assert _in_session(run.pid) == []


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_run_that_is_stopped_while_the_server_imports(tmp_path: Path) -> None:
    store = tmp_path / "store"
    with _started(tmp_path, lambda: store.exists() and len(_work_in(store)) == 2) as run:
        run.send_signal(signal.SIGINT)
        code = run.wait(10)
    assert code == 130
    assert not _work_in(store)
    assert _in_session(run.pid) == []
