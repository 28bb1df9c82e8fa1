"""A piece is stored under its key only if its sources are still those of the key."""

from __future__ import annotations

from pathlib import Path

import pytest

from film.errors import FilmError
from film.inputs.closure import Sources
from film.job_keys import check_unchanged, keys_of
from film.quality import Quality
from film.scene_job import SceneJob
from film.store import Store
from scenes import programme
from scenes.programme import Concept

from .small_project import edit, write_project
from .test_beat_key import EDITS


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_project(tmp_path)
    monkeypatch.setattr(programme, "ROOT", tmp_path)
    monkeypatch.setattr(programme, "concept", lambda name: Concept(name, "part", tmp_path))
    return tmp_path


@pytest.mark.parametrize("name", ["the body of a beat", "a cue", "the sound of a take", "a font"])
def test_an_edit_during_the_run_is_told(project: Path, name: str) -> None:
    job = SceneJob(Quality("tiny", 72, 10), concept="one")
    keys = keys_of(job, Sources(project))
    store = Store(project / "store")
    check_unchanged(job, keys, store)
    edit(project, *EDITS[name][:3])
    now = keys_of(job, Sources(project))
    changed = [piece for piece, key in keys.items() if now[piece] != key]
    with pytest.raises(FilmError, match=f"what {', '.join(changed)} is made from changed during the run; run again"):
        check_unchanged(job, keys, store)
    for piece in keys.keys() - set(changed):
        check_unchanged(job, {piece: keys[piece]}, store)


def test_a_beat_that_is_there_no_more_is_told(project: Path) -> None:
    job = SceneJob(Quality("tiny", 72, 10), concept="one")
    with pytest.raises(FilmError, match="what gone is made from"):
        check_unchanged(job, {"gone": "key"}, Store(project / "store"))
