"""Finished work: whole or absent, found only under exactly what it was made from."""

from __future__ import annotations

import errno
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from film import store as store_module
from film.errors import FilmError
from film.quality import QUALITIES
from film.scene_job import SceneFailed, SceneJob, render_job
from film.store import Store, key_of, sources
from narration.speech import Fallback
from scenes import programme
from scenes.cards import Card
from scenes.programme import Concept


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


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(FilmError, match=r"file.*cannot be written.*make room or mend its rights"):
        Store(tmp_path / "file").put("key", fill("one"))


# ---- keys ----------------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two films of a project that has everything a clip can reach, in small."""
    root = tmp_path / "project"
    for name in (
        *("infotheory/entropy.py", "narration/speech.py", "narration/lexicon.txt", "narration/en/code.md"),
        *("narration/en/code_length.md", "narration/takes/en/code/a.opus", "narration/takes/en/code/a.json"),
        *("narration/takes/en/code_length/a.opus", "scenes/stage/theme.py", "scenes/cards.py"),
        *("scenes/entropy/code.py", "scenes/entropy/code_pictures.py", "scenes/entropy/kraft.py"),
        *("film/join.py", "film/mix.py", "assets/fonts/Inter.otf", "scenes/programme.py"),
    ):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name)
    monkeypatch.setattr(store_module, "ROOT", root)
    return root


def key(root: Path) -> str:
    return key_of({"beats": None}, sources(Concept("code", "entropy", root)))


@pytest.mark.parametrize(
    "name",
    [
        *("infotheory/entropy.py", "narration/speech.py", "narration/lexicon.txt", "narration/en/code.md"),
        *("narration/takes/en/code/a.opus", "narration/takes/en/code/a.json", "scenes/stage/theme.py"),
        *("scenes/entropy/code.py", "scenes/entropy/code_pictures.py", "film/join.py", "assets/fonts/Inter.otf"),
    ],
)
def test_a_key_changes_with_everything_that_a_film_can_reach(project: Path, name: str) -> None:
    before = key(project)
    assert key(project) == before
    (project / name).write_text("changed")
    changed = key(project)
    assert changed != before
    (project / name).unlink()
    assert key(project) not in (before, changed)
    (project / name).write_text(name)
    assert key(project) == before


@pytest.mark.parametrize(
    "name",
    [
        *("narration/en/code_length.md", "narration/takes/en/code_length/a.opus", "scenes/entropy/kraft.py"),
        *("film/mix.py", "scenes/programme.py", "README.md"),
    ],
)
def test_a_key_stays_when_something_else_changes(project: Path, name: str) -> None:
    before = key(project)
    (project / name).write_text("changed")
    assert key(project) == before


def test_a_key_does_not_depend_on_where_the_project_is(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = key(project)
    moved = project.with_name("moved")
    shutil.copytree(project, moved)
    monkeypatch.setattr(store_module, "ROOT", moved)
    assert key(moved) == before


def test_a_key_changes_with_settings_versions_and_theme(monkeypatch: pytest.MonkeyPatch) -> None:
    card = Card("above", "title")
    jobs = [
        SceneJob(QUALITIES["l"], concept="kraft"),
        SceneJob(QUALITIES["m"], concept="kraft"),
        SceneJob(QUALITIES["l"], concept="kraft", beats=("wall",)),
        SceneJob(QUALITIES["l"], concept="kraft", fallback=Fallback.SILENCE),
        SceneJob(QUALITIES["l"], concept="surprise"),
        SceneJob(QUALITIES["l"], card=card),
        SceneJob(QUALITIES["l"], card=Card("above", "another title")),
    ]
    keys = [job.key() for job in jobs]
    assert len(set(keys)) == len(jobs)
    assert [job.key() for job in jobs] == keys
    monkeypatch.setenv("ENTROPY_THEME", "light")
    light = [job.key() for job in jobs]
    assert not set(light) & set(keys)
    monkeypatch.delenv("ENTROPY_THEME")
    monkeypatch.setattr(store_module, "version", lambda name: "0")
    assert not {job.key() for job in jobs} & set(keys)


# ---- jobs ----------------------------------------------------------------------------------------


def test_a_job_is_rendered_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    job = SceneJob(QUALITIES["l"], card=Card("above", "title", seconds=0.2))
    clip = render_job(job, store)
    assert clip.video.stat().st_size > 0
    assert clip.timetable() is None
    assert clip.narration() is None
    monkeypatch.setattr("film.scene_job._render", lambda *_: pytest.fail("rendered again"))
    assert render_job(job, store) == clip


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
        render_job(SceneJob(QUALITIES["l"], concept="kraft"), store)
    assert "\n" not in str(caught.value)
    assert "Traceback" in caught.value.details
    assert names(store) == []


def test_sources_are_those_of_the_programme() -> None:
    names = sources(programme.concept("kraft"))
    assert {"scenes/entropy/kraft.py", "narration/en/kraft.md", "narration/takes/en/kraft/wall.opus"} <= names.keys()
    assert not any("surprise" in name for name in names if "infotheory" not in name)
