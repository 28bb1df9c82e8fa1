"""A store is made smaller by what was not used for longest, and never under the hands of a run."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from film import store_use
from film.document import Document
from film.errors import FilmError
from film.store import DONE, About, Store
from film.store_report import as_table, holdings, size_text
from film.store_use import USES
from film.store_work import prune_store, show_store, size_of

SIZE = 10_000


def fill(text: str, size: int = SIZE) -> Callable[[Path], None]:
    """What makes an entry of about *size* bytes."""

    def make(folder: Path) -> None:
        (folder / "clip.mp4").write_bytes(text.encode() * (size // len(text)))

    return make


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store with entries a, b, c and d, made in this order an hour ago by a run that has ended."""
    made = Store(tmp_path / "store")
    for number, key in enumerate("abcd"):
        made.put(key, fill(key), About("kraft" if key < "c" else "surprise", "piece"))
        used = time.time_ns() - (3600 - number) * 10**9
        os.utime(made.folder / key / DONE, ns=(used, used))
    end_of_run()
    return made


def end_of_run() -> None:
    """Let go of the locks of this process, as its end would."""
    for handle in store_use._HELD.values():
        os.close(handle)
    store_use._HELD.clear()


def names(store: Store) -> list[str]:
    return sorted(path.name for path in store.folder.iterdir() if not path.name.startswith("."))


def test_the_least_recently_used_go_first(store: Store) -> None:
    sizes = {entry.folder.name: entry.size for entry in store.entries()}
    assert list(sizes) == ["a", "b", "c", "d"]
    assert all(size > SIZE for size in sizes.values())
    assert store.get("a") is not None  # now it is the last that was used
    end_of_run()
    pruned = store.prune(sizes["a"] + sizes["d"])
    assert names(store) == ["a", "d"]
    assert (pruned.entries, pruned.removed) == (2, sizes["b"] + sizes["c"])
    assert (pruned.left, pruned.in_use) == (sizes["a"] + sizes["d"], 0)
    assert store.prune(pruned.left).entries == 0
    assert store.prune(pruned.left - 1).entries == 1
    assert names(store) == ["a"]
    assert store.prune(0).left == 0
    assert store.get("a") is None
    assert names(store) == []


@given(used=st.permutations("abcd"), most=st.integers(0, 5 * SIZE))
def test_pruning_keeps_as_much_as_there_is_room_for(
    tmp_path_factory: pytest.TempPathFactory, used: list[str], most: int
) -> None:
    made = Store(tmp_path_factory.mktemp("store"))
    for number, key in enumerate(used):
        made.put(key, fill(key, SIZE * (1 + "abcd".index(key)) // 2))
        os.utime(made.folder / key / DONE, ns=(10**9 * number, 10**9 * number))
    end_of_run()
    sizes = {entry.folder.name: entry.size for entry in made.entries()}
    made.prune(most)
    kept = next(used[i:] for i in range(5) if sum(sizes[key] for key in used[i:]) <= most)
    assert names(made) == sorted(kept)


def test_what_this_run_has_used_or_made_stays(store: Store) -> None:
    assert store.get("b") is not None
    store.put("e", fill("e"))
    pruned = store.prune(0)
    assert names(store) == ["b", "e"]
    assert pruned.left == pruned.in_use > 2 * SIZE


RUN = """
import sys, time
from pathlib import Path
from film.store import Store

store = Store(Path(sys.argv[1]))
place = store.get("b")
print("reading", flush=True)
sys.stdin.readline()
print(len((place / "clip.mp4").read_bytes()), flush=True)
"""


@pytest.mark.parametrize("end", ["ended", "killed"])
def test_what_another_run_is_using_stays_until_it_ends(store: Store, end: str) -> None:
    pipes: Any = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-c", RUN, str(store.folder)], **pipes) as run:
        assert run.stdin is not None
        assert run.stdout is not None
        assert run.stdout.readline() == "reading\n"
        pruned = store.prune(0)
        assert names(store) == ["b"]
        assert pruned.in_use == pruned.left
        if end == "killed":
            run.send_signal(signal.SIGKILL)
        else:
            run.stdin.write("\n")
            run.stdin.flush()
            assert run.stdout.readline() == f"{SIZE}\n"
    assert store.prune(0).left == 0
    assert list((store.folder / store_use.USES).iterdir()) == []


def _use(folder: Path, start: Any, lost: Any) -> None:
    store = Store(folder)
    start.wait()
    for number in range(60):
        key = f"key{number % 6}"
        place = store.get(key) or store.put(key, fill(key))
        time.sleep(0.001)
        if not (place / "clip.mp4").exists():
            lost.value += 1


def test_runs_that_use_a_store_while_it_is_pruned(tmp_path: Path) -> None:
    """Nothing that a run was given is taken from it, however often somebody prunes."""
    context = multiprocessing.get_context("spawn")
    start, lost = context.Event(), context.Value("i", 0)
    runs = [context.Process(target=_use, args=(tmp_path, start, lost)) for _ in range(2)]
    for run in runs:
        run.start()
    pruner = Store(tmp_path)
    for number in range(6):
        pruner.put(f"key{number}", fill(f"key{number}"))
        os.utime(tmp_path / f"key{number}" / DONE, ns=(number, number))
    end_of_run()
    start.set()
    while any(run.is_alive() for run in runs):
        pruner.prune(0)
    for run in runs:
        run.join()
    assert [run.exitcode for run in runs] == [0, 0]
    assert lost.value == 0
    assert pruner.prune(0).left == 0


def test_what_is_being_taken_away_is_not_given_out(store: Store) -> None:
    given: list[Path | None] = []
    run = threading.Thread(target=lambda: given.append(store.get("a")))
    with store_use.pruning(store.folder):
        run.start()
        run.join(0.2)
        assert run.is_alive()
        (store.folder / "a").rename(store.folder / "work-elsewhere-1-a")
    run.join()
    assert given == [None]


def test_a_pruner_that_was_killed_leaves_work_that_is_swept(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("film.store.shutil.rmtree", lambda *_, **__: None)
    store.prune(0)
    assert all(name.startswith("work-") for name in names(store))
    assert store.entries() == []
    monkeypatch.undo()
    monkeypatch.setattr("film.store.is_alive", lambda process: False)
    store.sweep()
    assert names(store) == []


def test_what_ended_processes_say_of_their_use_is_swept(store: Store) -> None:
    def use() -> None:
        store.get("a")
        os._exit(0)  # as a rendering process ends: nothing tidies up

    worker = multiprocessing.get_context("fork").Process(target=use)
    end_of_run()
    shutil.rmtree(store.folder / USES)
    worker.start()
    worker.join()
    store.get("b")
    elsewhere = store.folder / USES / "another.machine-1-1"
    elsewhere.touch()
    assert len(list((store.folder / USES).iterdir())) == 3
    store.sweep()
    ours = [path for path in (store.folder / USES).iterdir() if path != elsewhere]
    assert elsewhere.exists()
    assert [f"-{os.getpid()}-" in path.name for path in ours] == [True]  # this process still uses it


def test_damaged_entries_are_listed_and_pruned(store: Store) -> None:
    (store.folder / "a" / DONE).write_text("{")
    (store.folder / "b" / DONE).unlink()
    assert {entry.folder.name for entry in store.entries() if entry.about.kind == "damaged"} == {"a", "b"}
    store.prune(0)
    assert names(store) == []


def test_a_store_that_is_not_there(tmp_path: Path) -> None:
    missing = Store(tmp_path / "none")
    assert missing.get("key") is None
    assert missing.entries() == []
    assert missing.prune(0).entries == 0
    assert not missing.folder.exists()


def test_a_store_that_cannot_be_locked_is_read_but_not_pruned(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    (store.folder / store_use.LOCK).unlink()
    (store.folder / store_use.LOCK).mkdir()
    assert store.get("a") is not None
    with pytest.raises(FilmError, match=r"cannot be pruned .*mend its rights"):
        store.prune(0)


# ---- what is said of it --------------------------------------------------------------------------


def test_the_report_adds_up(store: Store) -> None:
    entries = store.entries()
    held = holdings(entries)
    assert [(each.film, each.kind, each.entries) for each in held] == [("kraft", "piece", 2), ("surprise", "piece", 2)]
    assert sum(each.size for each in held) == sum(entry.size for entry in entries)
    assert (held[0].oldest, held[0].newest) == (entries[0].used, entries[1].used)
    lines = as_table(held).splitlines()
    assert [line.split()[:3] for line in lines[1:]] == [
        ["kraft", "piece", "2"],
        ["surprise", "piece", "2"],
        ["all", "-", "4"],
    ]
    assert as_table([]) == "the store is empty"


def test_the_command(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    show_store(store.folder, Document("store"))
    assert "kraft" in capsys.readouterr().out
    prune_store(store.folder, "25 KB", Document("store"))
    assert "2 entries removed (20.2 KB), 20.3 KB left" in capsys.readouterr().out
    store.get("d")
    prune_store(store.folder, "0", Document("store"))
    told = capsys.readouterr()
    assert "1 entries removed" in told.out
    assert "10.1 KB are in use by a run" in told.err


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("2GB", 2 * 10**9),
        ("500 MB", 5 * 10**8),
        ("1.5g", 1_500_000_000),
        ("0", 0),
        ("12", 12),
        (".5k", 500),
        ("7 b", 7),
    ],
)
def test_sizes_are_read(text: str, size: int) -> None:
    assert size_of(text) == size


@pytest.mark.parametrize("text", ["", "GB", "-1", "2 XB", "1,5GB", "two"])
def test_what_is_no_size_is_refused(text: str) -> None:
    with pytest.raises(click.UsageError, match="is no size; write 2GB"):
        size_of(text)


@given(st.integers(0, 10**15))
def test_sizes_are_told_in_a_few_digits(size: int) -> None:
    assert size_of(size_text(size)) == pytest.approx(size, rel=0.051)
    assert len(size_text(size)) <= 7
