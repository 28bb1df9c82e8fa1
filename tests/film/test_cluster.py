"""Tasks on a Dask cluster: results, failures, workers that die or do not fit, and runs that are stopped."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from film import cluster
from film.atomic import is_alive
from film.cluster import ClusterError, on_cluster
from film.cluster_worker import fingerprint, installed_versions, packed, project_files
from film.task import Outcome, Task, TaskKilled
from scenes.programme import ROOT

from .waiting import all_gone, processes_noted, wait_until

WORK = "film.trial_work"
PACKAGES = ("manim", "av", "numpy")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project whose tasks are those of the tests."""
    root = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "film", root / "film", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(Path(__file__).with_name("forked_work.py"), root / "film" / "trial_work.py")
    return root


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A cluster of two worker processes that know nothing of the project's folder."""
    distributed = pytest.importorskip("distributed")
    folder = tmp_path_factory.mktemp("dask")
    before = Path.cwd()
    os.chdir(folder)
    try:
        with distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=2,
            processes=True,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
            local_directory=str(folder),
        ) as started:
            yield started
    finally:
        os.chdir(before)


def task(name: str, function: str, *arguments: Any, weight: float = 1.0) -> Task:
    return Task(name, f"{WORK}:{function}", arguments, weight)


def outcomes(tasks: list[Task], scheduler: Any, project: Path, **options: Any) -> dict[str, Outcome]:
    with on_cluster(scheduler.scheduler_address, tasks, root=project, packages=PACKAGES, **options) as found:
        return {outcome.task.name: outcome for outcome in found}


# ---- what travels --------------------------------------------------------------------------------


def test_the_fingerprint_is_of_all_sources_and_versions(project: Path, tmp_path: Path) -> None:
    import io
    import zipfile

    copy = tmp_path / "copy"
    with zipfile.ZipFile(io.BytesIO(packed(project))) as archive:
        archive.extractall(copy)
    assert fingerprint(copy, PACKAGES) == fingerprint(project, PACKAGES)
    assert fingerprint(copy, PACKAGES[:-1]) != fingerprint(project, PACKAGES)
    seen = {fingerprint(copy, PACKAGES)}
    for name in ("film/errors.py", "narration/en/trial.md", "assets/trial.bin"):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_bytes(b"other")
        seen.add(fingerprint(copy, PACKAGES))
    (copy / "film" / "errors.py").rename(copy / "film" / "mistakes.py")
    seen.add(fingerprint(copy, PACKAGES))
    assert len(seen) == 5
    (copy / "film" / "__pycache__").mkdir()
    (copy / "film" / "__pycache__" / "errors.pyc").touch()
    assert fingerprint(copy, PACKAGES) in seen
    names = set(project_files(ROOT))
    assert {"film/cluster.py", "scenes/programme.py", "narration/lexicon.txt"} <= names
    assert any(name.endswith(".ttf") or name.endswith(".otf") for name in names)
    assert any(name.startswith("narration/takes/") for name in names)
    assert not any(name.startswith(("tests/", "films/", ".")) for name in names)


def test_versions_are_those_installed() -> None:
    found = installed_versions(["numpy", "no-such-package"])
    assert found == {
        "python": ".".join(str(part) for part in sys.version_info[:3]),
        "numpy": metadata.version("numpy"),
        "no-such-package": "not installed",
    }


# ---- a cluster -----------------------------------------------------------------------------------


@pytest.mark.slow
def test_tasks_run_on_the_workers_with_the_projects_sources(
    scheduler: Any, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENTROPY_TRIAL", "travels")
    heard: list[tuple[str, int, int]] = []
    tasks = [task(f"square {number}", "square", number, weight=number) for number in range(6)]
    tasks += [task("describe", "describe"), task("fail", "fail", "no luck"), task("counts", "count", 50)]
    tasks += [task("big", "big", 5_000_000), task("unsendable", "fail_unsendable"), task("says", "say", "hello")]
    found = outcomes(tasks, scheduler, project, report=lambda *message: heard.append(message))
    assert len(found) == len(tasks)
    assert [found[f"square {number}"].result for number in range(6)] == [number**2 for number in range(6)]
    assert isinstance(found["fail"].error, ValueError)
    assert "trial_work.py" in found["fail"].traceback
    assert str(found["unsendable"].error).endswith("Unsendable: 1 and 2")
    assert len(found["big"].result) == 5_000_000
    assert found["says"].output == "hello\nhello\n"
    described = found["describe"].result
    assert described["variable"] == "travels"
    assert described["seed"] == "0"
    assert fingerprint(project, PACKAGES) in described["cwd"]
    assert not Path(described["tempdir"]).exists()
    assert heard[-1] == ("counts", 50, 50)


@pytest.mark.slow
def test_an_edit_reaches_the_workers(scheduler: Any, project: Path) -> None:
    for value in (1, 22):
        (project / "film" / "trial_value.py").write_text(f"def value(): return {value}\n")
        found = outcomes([Task("value", "film.trial_value:value")], scheduler, project)
        assert found["value"].result == value
    (project / "film" / "trial_value.py").unlink()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_worker_that_dies_costs_only_its_task(scheduler: Any, project: Path, tmp_path: Path) -> None:
    first, go = tmp_path / "first", tmp_path / "go"
    tasks = [task("waits", "wait_for", str(first), str(go), weight=9)]
    tasks += [task(f"square {number}", "square", number) for number in range(4)]
    with on_cluster(scheduler.scheduler_address, tasks, root=project, packages=PACKAGES) as found:
        results = [next(found) for _ in range(4)]
        wait_until(first.exists)
        [waiting] = _task_processes(project)
        worker = _parent(_parent(waiting))
        os.kill(worker, signal.SIGKILL)
        wait_until(lambda: not is_alive(waiting), 3)
        first.unlink()
        go.touch()
        results += list(found)
    assert first.exists()  # it was begun again
    assert [outcome.result for outcome in results if outcome.task.name == "waits"] == ["seen"]
    assert all(outcome.error is None for outcome in results)
    assert len(results) == 5


def _task_processes(project: Path) -> list[int]:
    """The processes that run a task: their current folder is the unpacked project."""
    found = []
    for status in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if (status / "cwd").readlink().name == f"project-{fingerprint(project, PACKAGES)}":
                found.append(int(status.name))
    return found


def _parent(process: int) -> int:
    return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])


@pytest.mark.slow
def test_a_task_that_kills_its_process_is_given_up(scheduler: Any, project: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    tasks = [task("doomed", "die", str(log)), task("unlucky", "die_once", str(tmp_path / "once"))]
    found = outcomes([*tasks, task("square", "square", 7)], scheduler, project)
    assert found["square"].result == 49
    assert found["unlucky"].result == "survived"
    error = found["doomed"].error
    assert isinstance(error, TaskKilled)
    assert str(error).startswith("doomed: given up after 3 deaths (tcp://127.0.0.1:")
    assert str(error).count("its process was ended by signal SIGKILL") == 3
    assert log.read_text() == "died\n" * 3


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_run_leaves_nothing_on_the_workers(
    scheduler: Any, project: Path, tmp_path: Path, how: signal.Signals
) -> None:
    note = tmp_path / "note"
    code = f"""
import sys
from pathlib import Path
from film.cluster import on_cluster
from film.task import Task
task = Task("sleeps", "{WORK}:sleep_with_helper", ({str(note)!r},))
with on_cluster({scheduler.scheduler_address!r}, [task], root=Path({str(project)!r}), packages={PACKAGES!r}) as found:
    list(found)
"""
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stderr=subprocess.DEVNULL) as run:
        processes = processes_noted(note)
        run.send_signal(how)
        assert run.wait(10) != 0
    wait_until(lambda: all_gone(processes), 3)


@pytest.fixture
def strangers(tmp_path: Path) -> Iterator[str]:
    """The address of a scheduler with one worker, started by hand, that cannot import anything of the project."""
    (tmp_path / "film.py").write_text("raise ImportError('there is no film here')\n")
    log = tmp_path / "scheduler.log"
    environment = os.environ | {"PYTHONPATH": str(tmp_path), "PYTHONUNBUFFERED": "1"}
    with contextlib.ExitStack() as stack:

        def start(*arguments: str, **options: Any) -> None:
            command = [sys.executable, "-m", "dask", *arguments, "--no-dashboard"]
            process = subprocess.Popen(command, cwd=tmp_path, env=environment, **options)
            stack.callback(process.wait)
            stack.callback(process.terminate)

        with log.open("w") as file:
            start("scheduler", "--host", "tcp://127.0.0.1:0", stderr=file, stdout=file)
        wait_until(lambda: "Scheduler at:" in log.read_text())
        address = log.read_text().partition("Scheduler at:")[2].split()[0]
        options = ("--nworkers", "1", "--nthreads", "2", "--local-directory", str(tmp_path))
        start("worker", address, *options, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        yield address


@pytest.mark.slow
def test_a_worker_needs_nothing_of_the_project(strangers: str, project: Path, tmp_path: Path) -> None:
    tasks = [task("describe", "describe"), task("square", "square", 3)]
    for _ in range(2):
        with on_cluster(strangers, tasks, root=project, packages=PACKAGES) as found:
            results = {outcome.task.name: outcome for outcome in found}
        assert results["square"].result == 9
        assert results["describe"].result["cwd"].startswith(str(tmp_path))


# ---- clusters that cannot be used ----------------------------------------------------------------


@pytest.mark.slow
def test_a_worker_with_another_version_is_named_and_not_used(
    scheduler: Any, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    true = installed_versions(PACKAGES)
    monkeypatch.setattr("film.cluster_worker.installed_versions", lambda packages: true | {"av": "1.2.3"})
    began = time.monotonic()
    with pytest.raises(ClusterError) as caught:
        outcomes([task("square", "square", 2)], scheduler, project)
    assert time.monotonic() - began < 10
    lines = str(caught.value).splitlines()
    assert len(lines) == 4
    assert f": av is {true['av']} there and 1.2.3 here" in lines[1]
    assert lines[1].startswith("tcp://127.0.0.1:")


@pytest.mark.slow
def test_one_worker_that_fits_is_enough(scheduler: Any, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    distributed = pytest.importorskip("distributed")
    notes: list[str] = []
    asked = distributed.Client.run
    [bad, *_] = scheduler.scheduler.workers

    def run(client: Any, function: Any, *arguments: Any, **options: Any) -> Any:
        answers = asked(client, function, *arguments, **options)
        if arguments == ("av",):
            answers = {worker: "0.1" if worker == bad else said for worker, said in answers.items()}
        return answers

    monkeypatch.setattr(distributed.Client, "run", run)
    found = outcomes([task(f"{n}", "square", n) for n in range(6)], scheduler, project, note=notes.append)
    assert sorted(outcome.result for outcome in found.values()) == [0, 1, 4, 9, 16, 25]
    assert notes == [f"worker {bad} is left out: av is 0.1 there and {metadata.version('av')} here"]


@pytest.mark.slow
def test_without_a_scheduler_or_a_worker_there_is_a_clear_end(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr(cluster, "_CONNECT", 1.0)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(ClusterError, match=f"{address}: no Dask scheduler answers"), on_cluster(address, []):
        pass
    with (
        distributed.LocalCluster(n_workers=0, host="127.0.0.1", dashboard_address="127.0.0.1:0") as empty,
        pytest.raises(ClusterError, match="has had no worker for 1 s; start some with `dask worker"),
    ):
        outcomes([task("square", "square", 2)], empty, project, patience=1.0)


def test_without_dask_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterError, match="the extra `cluster`"), on_cluster("tcp://127.0.0.1:1", []):
        pass
