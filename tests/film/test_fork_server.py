"""Forked children: fresh, isolated, and gone when anybody who cares for them is."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from film.atomic import is_alive
from film.errors import FilmError
from film.fork_loop import identity
from film.fork_server import (
    Ended,
    ForkServer,
    Progress,
    ServerGone,
    private_server,
    traceback_of,
)
from film.warm_server import ServerRefused, start_server, stop_server, warm_server
from scenes.programme import ROOT

from .waiting import all_gone, processes_noted, wait_until

WORK = "tests.film.forked_work"


@pytest.fixture(scope="module")
def server() -> Iterator[ForkServer]:
    with private_server(ROOT) as started:
        yield started


def end_of(server: ForkServer) -> Ended:
    """Wait for the one child that runs."""
    while True:
        for event in server.events(60):
            if isinstance(event, Ended):
                return event


def call(server: ForkServer, folder: Path, name: str, *arguments: Any) -> Any:
    server.start(f"{WORK}:{name}", arguments, root=ROOT, folder=folder)
    return end_of(server).result()


# ---- calls ---------------------------------------------------------------------------------------


def test_a_result_comes_back(server: ForkServer, tmp_path: Path) -> None:
    assert call(server, tmp_path, "square", 12) == 144
    assert len(call(server, tmp_path, "big", 3_000_000)) == 3_000_000


def test_progress_comes_in_order(server: ForkServer, tmp_path: Path) -> None:
    child = server.start(f"{WORK}:count", (500,), root=ROOT, folder=tmp_path)
    found: list[Progress | Ended] = []
    while not found or not isinstance(found[-1], Ended):
        found += server.events(60)
    assert found[:-1] == [Progress(child, frame, 500) for frame in range(1, 501)]
    assert isinstance(found[-1], Ended)
    assert found[-1].result() == 500


def test_every_child_is_isolated_and_alike(server: ForkServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENTROPY_TRIAL", "yes")
    monkeypatch.chdir(tmp_path)
    seen = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        seen.append(call(server, tmp_path / name, "describe"))
    assert seen[0]["pid"] != seen[1]["pid"]
    for each, name in zip(seen, ("one", "two"), strict=True):
        assert each["group"] == each["pid"]
        assert each["tempdir"] == str(tmp_path / name)
        assert each["cwd"] == str(tmp_path)
        assert each["seed"] == "0"
        assert each["variable"] == "yes"
    assert seen[0]["random"] == seen[1]["random"]
    other = subprocess.run(
        [sys.executable, "-c", "print(hash('entropy'))"],
        env=os.environ | {"PYTHONHASHSEED": "0"},
        capture_output=True,
        text=True,
    )
    assert seen[0]["hash"] == int(other.stdout)


def test_an_exception_comes_back_with_its_place(server: ForkServer, tmp_path: Path) -> None:
    server.start(f"{WORK}:fail", ("no luck",), root=ROOT, folder=tmp_path)
    ended = end_of(server)
    with pytest.raises(ValueError, match="no luck"):
        ended.result()
    assert "forked_work.py" in traceback_of(ended.answer)
    assert "in fail" in traceback_of(ended.answer)


@pytest.mark.parametrize(
    ("name", "told"),
    [("fail_unsendable", "Unsendable: 1 and 2"), ("return_unsendable", "lambda"), ("missing", "missing")],
)
def test_what_cannot_be_sent_is_told(server: ForkServer, tmp_path: Path, name: str, told: str) -> None:
    with pytest.raises((FilmError, AttributeError), match=told):
        call(server, tmp_path, name)


def test_a_killed_child_is_told_from_one_that_ends(server: ForkServer, tmp_path: Path) -> None:
    server.start(f"{WORK}:die", (str(tmp_path / "log"),), root=ROOT, folder=tmp_path)
    ended = end_of(server)
    assert (ended.answer, ended.status) == (None, -signal.SIGKILL)
    with pytest.raises(FilmError, match="signal SIGKILL"):
        ended.result()
    assert call(server, tmp_path, "square", 2) == 4


def test_output_goes_to_the_folder_even_before_a_crash(server: ForkServer, tmp_path: Path) -> None:
    server.start(f"{WORK}:crash", (), root=ROOT, folder=tmp_path)
    assert end_of(server).status == -signal.SIGSEGV
    printed = (tmp_path / "output.txt").read_text()
    assert printed.startswith("last words\n")
    assert "in crash" in printed


def test_an_edited_source_is_never_stale(server: ForkServer, tmp_path: Path) -> None:
    root = tmp_path / "project"
    shutil.copytree(ROOT / "film", root / "film", ignore=shutil.ignore_patterns("__pycache__"))
    for value in ("1", "22", "333"):
        (root / "film" / "trial.py").write_text(
            f"from film import errors\ndef value(): return {value}, errors.__file__"
        )
        server.start("film.trial:value", (), root=root, folder=tmp_path)
        assert end_of(server).result() == (int(value), str(root / "film" / "errors.py"))


def test_the_server_imports_nothing_of_the_project() -> None:
    code = f"""
import runpy, sys
runpy.run_path({str(ROOT / "film" / "fork_loop.py")!r}, run_name="loop")["_import_heavy"]()
print([name for name in sys.modules if name.partition(".")[0] in ("film", "infotheory", "narration", "scenes")])
print("manim" in sys.modules, len(__import__("threading").enumerate()))
"""
    answer = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.splitlines() == ["[]", "True 1"]


def test_two_clients_of_one_server_do_not_disturb_each_other(server: ForkServer, tmp_path: Path) -> None:
    with server.connect() as other:
        other.start(f"{WORK}:sleep_with_helper", (str(tmp_path / "note"),), root=ROOT, folder=tmp_path)
        processes = processes_noted(tmp_path / "note")
        assert call(server, tmp_path, "square", 3) == 9
        assert not all_gone(processes)
    wait_until(lambda: all_gone(processes), 2)
    assert call(server, tmp_path, "square", 4) == 16


# ---- ends ----------------------------------------------------------------------------------------


def test_a_child_is_killed_with_what_it_started(server: ForkServer, tmp_path: Path) -> None:
    child = server.start(f"{WORK}:sleep_with_helper", (str(tmp_path / "note"),), root=ROOT, folder=tmp_path)
    processes = processes_noted(tmp_path / "note")
    server.kill(child)
    assert end_of(server).status == -signal.SIGKILL
    wait_until(lambda: all_gone(processes), 2)


def test_what_a_child_leaves_running_is_ended(server: ForkServer, tmp_path: Path) -> None:
    call(server, tmp_path, "leave_helper", str(tmp_path / "note"))
    wait_until(lambda: all_gone(processes_noted(tmp_path / "note")), 2)


def test_children_end_with_a_killed_server(tmp_path: Path) -> None:
    with private_server(ROOT) as server:
        server.start(f"{WORK}:sleep_with_helper", (str(tmp_path / "note"),), root=ROOT, folder=tmp_path)
        processes = processes_noted(tmp_path / "note")
        assert server.process is not None
        server.process.kill()
        with pytest.raises(ServerGone):
            end_of(server)
        wait_until(lambda: all_gone(processes), 2)


CLIENT = """
import sys, time
from pathlib import Path
from film.fork_server import private_server
from film.warm_server import warm_server
root, folder, warm = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]
server = warm_server(Path(warm[0]), root) if warm else private_server(root)
server.start("tests.film.forked_work:sleep_with_helper", (str(folder / "note"),), root=root, folder=folder)
if server.process: (folder / "server").write_text(str(server.process.pid))
while True: server.events()
"""


def started_client(folder: Path, *warm: Path) -> subprocess.Popen[bytes]:
    """A run in a process of its own, to be killed."""
    return subprocess.Popen([sys.executable, "-c", CLIENT, ROOT, folder, *warm], cwd=ROOT)


def test_nothing_outlives_a_killed_run(tmp_path: Path) -> None:
    with started_client(tmp_path) as run:
        processes = [*processes_noted(tmp_path / "note"), int((tmp_path / "server").read_text())]
        assert all(is_alive(process) for process in processes)
        run.kill()
    wait_until(lambda: all_gone(processes), 3)


def test_a_private_server_ends_after_idleness(tmp_path: Path) -> None:
    with private_server(ROOT, idle=0.2) as server:
        assert call(server, tmp_path, "square", 5) == 25
        with pytest.raises(ServerGone):
            end_of(server)


# ---- warm servers --------------------------------------------------------------------------------


@pytest.fixture
def warm() -> Iterator[Path]:
    """A short path for a server's folder."""
    with tempfile.TemporaryDirectory(dir="/tmp", ignore_cleanup_errors=True) as folder:
        yield Path(folder) / "server"
        stop_server(Path(folder) / "server")


def test_a_warm_server_is_found_used_and_stopped(warm: Path, tmp_path: Path) -> None:
    assert warm_server(warm, ROOT) is None
    with start_server(warm, ROOT) as first, start_server(warm, ROOT) as second:
        assert call(first, tmp_path, "square", 6) == 36
        assert call(second, tmp_path, "square", 7) == 49
    for secret in (warm, warm / "authkey"):
        assert secret.stat().st_mode & 0o077 == 0
    pids = []
    for _ in range(2):
        found = warm_server(warm, ROOT)
        assert found is not None
        with found:
            pids.append(found.identity)
            assert call(found, tmp_path, "square", 8) == 64
    assert pids[0] == pids[1]
    assert stop_server(warm)
    assert not stop_server(warm)
    assert warm_server(warm, ROOT) is None
    assert not (warm / "socket").exists()


def test_two_starts_at_once_find_one_server(warm: Path) -> None:
    with ThreadPoolExecutor() as pool:
        servers = list(pool.map(lambda _: start_server(warm, ROOT), range(2)))
    process = json.loads((warm / "server.json").read_text())["pid"]
    for server in servers:
        assert server.identity == identity(ROOT)
        server.close()
    assert stop_server(warm)
    wait_until(lambda: not is_alive(process), 3)


@pytest.mark.parametrize("damaged", ["server.json", "authkey"])
def test_a_warm_server_one_of_whose_files_is_damaged_is_stopped(warm: Path, damaged: str) -> None:
    for content in (b"", None):
        with start_server(warm, ROOT):
            pass
        if content is None:
            (warm / damaged).unlink()
        else:
            (warm / damaged).write_bytes(content)
        assert stop_server(warm)
        assert not stop_server(warm)


def test_a_warm_server_that_nothing_leads_to_is_told_of(warm: Path) -> None:
    start_server(warm, ROOT).close()
    secret = (warm / "authkey").read_bytes()
    for name in ("server.json", "authkey"):
        (warm / name).write_bytes(b"")
    with pytest.raises(ServerRefused, match="neither answers nor says which process it is"):
        stop_server(warm)
    (warm / "authkey").write_bytes(secret)
    assert stop_server(warm)


def test_a_server_of_another_project_or_with_other_packages_is_not_used(
    warm: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start_server(warm, ROOT).close()
    assert warm_server(warm, tmp_path) is None
    true = identity(ROOT)
    for key in true:
        monkeypatch.setattr("film.warm_server.identity", lambda root, key=key: true | {key: "another"})
        assert warm_server(warm, ROOT) is None
    monkeypatch.undo()
    found = warm_server(warm, ROOT)
    assert found is not None
    found.close()


def test_nobody_gets_in_without_the_key(warm: Path) -> None:
    start_server(warm, ROOT).close()
    key = (warm / "authkey").read_bytes()
    (warm / "authkey").write_bytes(b"another key, as long as the true")
    assert warm_server(warm, ROOT) is None
    with socket.socket(socket.AF_UNIX) as wire:
        wire.connect(str(warm / "socket"))
        stranger = Connection(wire.detach())
        stranger.send_bytes(b"let me in")
        stranger.close()
    (warm / "authkey").write_bytes(key)
    found = warm_server(warm, ROOT)
    assert found is not None
    found.close()
    warm.chmod(0o755)
    assert warm_server(warm, ROOT) is None
    warm.chmod(0o700)


def test_what_a_killed_server_left_is_cleared_and_replaced(warm: Path, tmp_path: Path) -> None:
    start_server(warm, ROOT).close()
    os.kill(json.loads((warm / "server.json").read_text())["pid"], signal.SIGKILL)
    wait_until(lambda: warm_server(warm, ROOT) is None and not (warm / "socket").exists())
    with start_server(warm, ROOT) as server:
        assert call(server, tmp_path, "square", 9) == 81


def test_a_warm_server_outlives_its_clients_but_their_tasks_do_not(warm: Path, tmp_path: Path) -> None:
    start_server(warm, ROOT).close()
    with started_client(tmp_path, warm) as run:
        processes = processes_noted(tmp_path / "note")
        run.kill()
    wait_until(lambda: all_gone(processes), 3)
    found = warm_server(warm, ROOT)
    assert found is not None
    with found:
        assert call(found, tmp_path, "square", 10) == 100


def test_a_warm_server_ends_after_idleness(warm: Path) -> None:
    start_server(warm, ROOT, idle=0.3).close()
    wait_until(lambda: not (warm / "socket").exists())


def test_places_that_cannot_hold_a_server_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ServerRefused, match="too long"):
        start_server(tmp_path / ("long" * 30), ROOT)
    with tempfile.TemporaryDirectory(dir="/tmp") as short:
        (Path(short) / "link").symlink_to(tmp_path)
        with pytest.raises(ServerRefused, match="not a folder of yours"):
            start_server(Path(short) / "link", ROOT)
