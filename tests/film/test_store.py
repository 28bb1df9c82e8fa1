"""Finished work: whole or absent, found only under exactly what it was made from."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import pytest

from film import store as store_module
from film.errors import FilmError
from film.quality import QUALITIES
from film.render_task import render_into_store
from film.scene_job import SceneFailed, SceneJob
from film.store import About, Store
from scenes.card import Card
from scenes.programme import ROOT

from .in_process import render_clip


def fill(text: str) -> Callable[[Path], None]:
    """What makes a result of two files."""

    def make(folder: Path) -> None:
        (folder / "clip.mp4").write_bytes(text.encode() * 1000)
        (folder / "timetable.json").write_text(text)

    return make


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def names(store: Store) -> list[str]:
    """Everything in a store but its locks."""
    return sorted(path.name for path in store.folder.iterdir() if not path.name.startswith("."))


def test_what_is_put_is_found(store: Store) -> None:
    assert store.get("key") is None
    place = store.put("key", fill("one"))
    assert store.get("key") == place
    assert (place / "timetable.json").read_text() == "one"
    assert names(store) == ["key"]


def test_a_result_is_replaced(store: Store) -> None:
    store.put("key", fill("one"))
    assert (store.put("key", fill("two")) / "timetable.json").read_text() == "two"


def test_work_that_fails_leaves_what_was_there(store: Store) -> None:
    store.put("key", fill("one"))

    def fails(folder: Path) -> None:
        (folder / "clip.mp4").write_bytes(b"half")
        raise RuntimeError("no")

    for key in ("key", "other"):
        with pytest.raises(RuntimeError, match="no"):
            store.put(key, fails)
    found = store.get("key")
    assert found is not None
    assert (found / "timetable.json").read_text() == "one"
    assert store.get("other") is None
    assert names(store) == ["key"]


@pytest.mark.parametrize("harm", ["cut", "changed", "missing", "emptied", "no list", "bad list", "other list"])
def test_a_damaged_result_is_not_used_and_is_made_again(store: Store, harm: str) -> None:
    place = store.put("key", fill("one"))
    clip, listed = place / "clip.mp4", place / store_module.DONE
    whole = clip.read_bytes()
    if harm == "missing":
        clip.unlink()
    elif harm == "no list":
        listed.unlink()
    elif harm.endswith("list"):
        listed.write_text("{" if harm == "bad list" else '["clip.mp4"]')
    else:
        clip.write_bytes({"cut": whole[:-1], "changed": whole[:-1] + b"!", "emptied": b""}[harm])
    assert store.get("key") is None
    store.put("key", fill("one"))
    assert store.get("key") == place
    assert clip.read_bytes() == whole


def test_two_writers_of_one_key(store: Store) -> None:
    """The slower one finds the place taken; the result stays whole all the time."""

    def slow(folder: Path) -> None:
        store.put("key", fill("same"))
        fill("same")(folder)

    place = store.put("key", slow)
    assert store.get("key") == place
    assert names(store) == ["key"]


def _write(folder: Path, start: Any, seed: int) -> None:
    start.wait()
    for number in range(20):
        Store(folder).put("key", fill(f"{seed} {number}"))


def test_processes_that_write_one_key_at_a_time(store: Store) -> None:
    context = multiprocessing.get_context("spawn")
    start = context.Event()
    writers = [context.Process(target=_write, args=(store.folder, start, seed)) for seed in range(2)]
    for writer in writers:
        writer.start()
    start.set()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert store.get("key") is not None
    assert names(store) == ["key"]


KILLED = """
import os, sys, time
from pathlib import Path
from film.store import Store

def make(folder):
    (folder / "clip.mp4").write_bytes(b"half")
    print("working", flush=True)
    time.sleep(60)

Store(Path(sys.argv[1])).put("key", make)
"""


def test_a_killed_writer_leaves_nothing_that_counts(store: Store) -> None:
    with subprocess.Popen([sys.executable, "-c", KILLED, store.folder], stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"working\n"
        store.sweep()
        assert len(names(store)) == 1  # it is at work
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
        assert store.get("key") is None
        assert len(names(store)) == 1
        store.sweep()
    assert names(store) == []


def test_sweeping_leaves_results_and_the_work_of_others(store: Store) -> None:
    store.put("key", fill("one"))
    others = store.folder / "work-another.machine-1-abc"
    others.mkdir()
    with store.working_folder() as ours:
        store.sweep()
        assert ours.exists()
    assert others.exists()
    assert store.get("key") is not None
    Store(store.folder / "not yet there").sweep()


def test_ctrl_c_as_soon_as_a_working_folder_is_there(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    mkdir = Path.mkdir

    def interrupted(path: Path, *arguments: Any, **options: Any) -> None:
        mkdir(path, *arguments, **options)
        if path.parent == store.folder and not path.name.startswith("."):
            raise KeyboardInterrupt

    monkeypatch.setattr(Path, "mkdir", interrupted)
    with pytest.raises(KeyboardInterrupt), store.working_folder():
        pytest.fail("it was interrupted")
    assert names(store) == []


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(FilmError, match=r"file.*cannot be written.*make room or mend its rights"):
        Store(tmp_path / "file").put("key", fill("one"))


# ---- jobs ----------------------------------------------------------------------------------------


def test_a_card_becomes_a_piece(tmp_path: Path) -> None:
    job = SceneJob(QUALITIES["l"], card=Card("above", "title", seconds=2.0))
    clip = render_clip(job, tmp_path)
    table = clip.timetable()
    assert (table.title, table.frames, table.frame_rate, table.beats) == ("title", 30, 15, ())
    assert clip.narration() == []
    with av.open(clip.pieces[0].video) as container:
        assert sum(1 for _ in container.decode(video=0)) == table.frames


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), r"kraft: no space left on the disk, free .* MB .*make room"),
        (FilmError("the clip is odd; mend it"), r"the clip is odd; mend it"),
        (ValueError("a\nb"), r"test_store\.py:\d+: ValueError: a; this was not foreseen, --debug shows the traceback"),
        (ImportError("libcairo.so.2: cannot open", name="cairo._cairo"), "libcairo.so.2.*run `make setup`"),
    ],
)
def test_a_job_that_fails_says_why_in_one_line(
    store: Store, monkeypatch: pytest.MonkeyPatch, error: Exception, told: str
) -> None:
    def fails(*_: object) -> None:
        raise error

    monkeypatch.setattr("film.scene_job._render", fails)
    with pytest.raises(SceneFailed, match=told) as caught:
        render_into_store(SceneJob(QUALITIES["l"], concept="kraft"), {}, store.folder, 1)
    assert "\n" not in str(caught.value)
    assert "Traceback" in caught.value.details
    assert names(store) == []


def test_what_is_damaged_after_it_was_looked_at_is_not_read(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.remember("key", {"answer": 42}, About())
    assert store.recall("key") == {"answer": 42}
    monkeypatch.setattr("film.store.is_whole", lambda place: True)  # it was, a moment ago
    for damaged in (b'{"answer": 43}', b'{"answer"', b""):
        (store.folder / "key" / "value.json").write_bytes(damaged)
        assert store.recall("key") is None
    (store.folder / "key" / "value.json").unlink()
    assert store.recall("key") is None
    assert store.read("no key", "value.json") is None


HALF_KEPT = """
import os, pathlib, sys
from film.atomic import replacing
from film.drawing.kept_bytes import KeptBytes

store = pathlib.Path(sys.argv[1])
pathlib.Path.replace = lambda *paths: os._exit(1)
if sys.argv[2] == "kept":
    KeptBytes(store / ".texts-1").put("text.svg", b"whole")
else:
    with replacing(store / "records.json") as partial:
        partial.write_bytes(b"whole")
"""


@pytest.mark.parametrize("what", ["kept", "records"])
def test_half_written_files_in_a_store_are_swept(store: Store, what: str) -> None:
    store.folder.mkdir(exist_ok=True)
    ended = subprocess.run([sys.executable, "-c", HALF_KEPT, store.folder, what], cwd=ROOT, check=False)
    assert ended.returncode == 1
    left = [path for path in store.folder.rglob("*.partial*") if path.is_file()]
    assert len(left) == 1
    alive = left[0].with_name(left[0].name.replace(left[0].name.split("-")[-2], str(os.getpid())))
    alive.touch()
    store.sweep()
    assert list(store.folder.rglob("*.partial*")) == [alive]
