"""A film that passed is not imported to be checked again, until something that the check reads has changed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from film import preflight_cache
from film.inputs.closure import Sources
from film.preflight import Checked
from film.preflight_cache import CheckedFilm, checked_films, preflight_key
from film.store import Store
from narration.script import Place, Problem, ScriptErrors
from scenes.programme import ROOT, Concept, concepts

from .small_project import edit, write_project
from .test_beat_key import EDITS

ONE = CheckedFilm("The first film: 3", {"ask": "A question"}, {"one@ask": "there is no take yet"})


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_project(tmp_path)
    (tmp_path / "film" / "preflight.py").write_text("from narration.speech import speak\n")
    return tmp_path


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The films that were checked, in the place of checking them."""
    asked: list[list[str]] = []

    def check(films: Sequence[Concept], store: Store) -> dict[str, Any]:
        asked.append([film.name for film in films])
        beats = (SimpleNamespace(name="ask", title="A question"),)
        scripts: Any = {film.name: SimpleNamespace(title="The first film: 3", beats=beats) for film in films}
        return Checked(scripts, {f"{film.name}@ask": "there is no take yet" for film in films}).told()

    monkeypatch.setattr(preflight_cache, "told_elsewhere", check)
    return asked


def check(root: Path, *names: str) -> dict[str, CheckedFilm]:
    films = [Concept(name, "part", root) for name in names]
    return checked_films(films, Store(root / "store"), Sources(root))


def test_only_what_is_new_is_checked(project: Path, checks: list[list[str]]) -> None:
    assert check(project, "one") == {"one": ONE}
    assert check(project, "one") == {"one": ONE}
    assert checks == [["one"]]
    assert list(check(project, "two", "one")) == ["two", "one"]
    assert checks == [["one"], ["two"]]


@pytest.mark.parametrize(
    "name",
    [
        *("the body of a beat", "what nobody asks", "a mobject of one beat", "mathematics of the facts", "a cue"),
        *("a comment in the script", "the sound of a take", "a take that was missing", "the voice"),
    ],
)
def test_a_film_that_changed_is_checked_again(project: Path, checks: list[list[str]], name: str) -> None:
    check(project, "one")
    edit(project, *EDITS[name][:3])
    check(project, "one")
    assert len(checks) == 2


@pytest.mark.parametrize(
    "name",
    [
        *("a docstring", "a comment", "formatting", "a mobject that no film reaches", "the list of films", "a font"),
        *("the script of the other film", "a take of the other film", "the renderer"),
    ],
)
def test_a_film_that_did_not_change_is_not(project: Path, checks: list[list[str]], name: str) -> None:
    edit(project, *EDITS["a font"][:3])
    check(project, "one")
    before = Concept("one", "part", project)
    key = preflight_key(before, Sources(project))
    if name != "a font":
        edit(project, *EDITS[name][:3])
    assert preflight_key(before, Sources(project)) == key
    assert check(project, "one") == {"one": ONE}
    assert len(checks) == 1


def test_what_changes_while_it_is_checked_is_not_remembered(
    project: Path, checks: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = preflight_cache.told_elsewhere
    edits = [EDITS["the sound of a take"][:3]]

    def check_and_edit(films: Sequence[Concept], store: Store) -> Any:
        if edits:
            edit(project, *edits.pop())
        return ask(films, store)

    monkeypatch.setattr(preflight_cache, "told_elsewhere", check_and_edit)
    film = Concept("one", "part", project)
    before = preflight_key(film, Sources(project))
    check(project, "one")
    assert preflight_key(film, Sources(project)) != before
    assert Store(project / "store").recall(before) is None
    for _ in range(2):
        check(project, "one")
    assert len(checks) == 2  # remembered once nothing changes


def test_what_fails_is_not_remembered(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = Problem(Place(project / "one.md", 1, 1), "it is wrong", "mend it")
    asked: list[int] = []

    def refuse(films: Sequence[Concept], store: Store) -> Any:
        asked.append(len(films))
        raise ScriptErrors([problem])

    monkeypatch.setattr(preflight_cache, "told_elsewhere", refuse)
    for _ in range(2):
        with pytest.raises(ScriptErrors, match="it is wrong"):
            check(project, "one", "two")
    assert asked == [2, 2]
    assert Store(project / "store").entries() == []


UNCHANGED = """
import sys
from pathlib import Path
from film import own_server
from film.beat_key import piece_keys
from film.inputs.closure import Sources
from film.inputs.records import Records
from film.preflight_cache import checked_films
from film.store import Store
from scenes.programme import ROOT, concepts

store = Store(Path(sys.argv[1]))
sources = Sources(ROOT, Records.beside(store.folder))
checked = checked_films(concepts(), store, sources)
keys = [list(piece_keys(film, {}, sources)) for film in concepts()]
assert keys == [list(checked[film.name].beats) for film in concepts()]
sources.records.save()
print(own_server.is_there(ROOT), sorted({"manim", "numpy", "scipy", "av", "markdown_it"} & set(sys.modules)))
"""


@pytest.mark.slow
def test_a_run_without_changes_imports_nothing_heavy(tmp_path: Path) -> None:
    told = []
    for _ in range(2):
        run = subprocess.run([sys.executable, "-c", UNCHANGED, tmp_path], cwd=ROOT, capture_output=True, text=True)
        assert run.returncode == 0, run.stderr
        told.append(run.stdout.strip())
    assert told[0] in ("True []", "True ['markdown_it']")  # scripts are read here, and checked by another process
    assert told[1] == "False []"
    names = {entry.about.film for entry in Store(tmp_path).entries()}
    assert names == {film.name for film in concepts()}
    assert {entry.about.kind for entry in Store(tmp_path).entries()} == {preflight_cache.PREFLIGHT}


def test_problems_of_all_films_come_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes check half of the films each."""
    films = [Concept(name, "part", tmp_path) for name in ("one", "two", "three")]
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    with pytest.raises(ScriptErrors) as raised:
        preflight_cache.told_elsewhere(films, Store(tmp_path / "store"))
    assert {problem.place.path for problem in raised.value.problems} == {film.scene_path for film in films}
    assert all("scene module is missing" in problem.what for problem in raised.value.problems)
