"""What a process that waits between two beats must do to go on with changed sources; and when it cannot."""

from __future__ import annotations

from pathlib import Path

import pytest

from film.inputs.records import Records
from film.watch.patch import Patch, patch_between_beats, stale_modules
from film.watch.snapshot import Snapshot
from scenes.programme import Concept

from .small_project import edit, write_project

SCENE, PICTURES, BAR = "scenes/part/one.py", "scenes/part/one_pictures.py", "scenes/stage/bar.py"
NOTHING = frozenset[str]()


def patched(root: Path, played: int, *edits: tuple[str, str, str]) -> Patch | None:
    """The patch for a process that has played so many of the beats ask, show, tell."""
    write_project(root)
    film = Concept("one", "part", root)
    before = Snapshot.of(film, Records())
    for file, old, new in edits:
        edit(root, file, old, new)
    return patch_between_beats(before, Snapshot.of(film, Records()), played)


def parts(patch: Patch | None) -> dict[str, frozenset[str]]:
    """By module the definitions that are run again."""
    assert patch is not None
    return {part.file: part.definitions for part in patch.modules}


def test_nothing_is_done_for_nothing(tmp_path: Path) -> None:
    assert patched(tmp_path, 2) == Patch()


def test_of_a_changed_method_the_class_is_run_again(tmp_path: Path) -> None:
    assert parts(patched(tmp_path, 2, (SCENE, "measured(bar, 3)", "measured(bar, 4)"))) == {SCENE: {"One"}}


def test_what_names_a_changed_constant_is_run_again_too(tmp_path: Path) -> None:
    found = parts(patched(tmp_path, 2, (PICTURES, ", 5.0", ", 5.5")))
    assert found == {PICTURES: {"LEVEL"}, SCENE: {"One"}}
    found = parts(patched(tmp_path, 1, (PICTURES, "INNER = 6.0", "INNER = 6.5")))
    assert found == {PICTURES: {"INNER", "framed"}, SCENE: {"One"}}


def test_modules_beyond_the_films_own_are_imported_again(tmp_path: Path) -> None:
    found = patched(tmp_path, 2, (BAR, "pages = PAGES", "leaves = PAGES"))
    assert found is not None
    assert found.forgotten == {BAR}
    (scene,) = found.modules
    assert (scene.file, set(scene.imports), set(scene.definitions)) == (SCENE, {"Bar"}, {"One"})


def test_a_comment_moves_lines_and_runs_nothing(tmp_path: Path) -> None:
    assert parts(patched(tmp_path, 3, (SCENE, "# a remark", "# one\n        # two"))) == {SCENE: NOTHING}


def test_what_is_gone_is_taken_out(tmp_path: Path) -> None:
    found = patched(tmp_path, 2, (PICTURES, "forgotten", "remembered"))
    assert found is not None
    assert found.modules[0].removed == {"forgotten"}
    assert found.modules[0].definitions == {"remembered"}


@pytest.mark.parametrize(
    "change",
    [
        (SCENE, "measured(bar, 3)", "measured(bar, 4)"),  # the last beat has been played
        (PICTURES, "INNER = 6.0", "INNER = 6.5"),
        (SCENE, "Props(Wall())", "Props(Wall(), 1)"),
        (SCENE, "kraft_sum() + 10", "kraft_sum() + 11"),
        (SCENE, 'print("imported")', 'print("loaded")'),
        (SCENE, "def tell", "exec('')\n\n    def tell"),
    ],
)
def test_a_process_that_has_used_what_changed_cannot_go_on(tmp_path: Path, change: tuple[str, str, str]) -> None:
    assert patched(tmp_path, 3, change) is None


def test_one_that_has_only_imported_forgets_whatever_imports_the_change(tmp_path: Path) -> None:
    write_project(tmp_path)
    film = Concept("one", "part", tmp_path)
    before = Snapshot.of(film, Records())
    edit(tmp_path, "scenes/stage/pages.py", "novel", "story")
    stale = stale_modules(before, Snapshot.of(film, Records()))
    assert stale == {"scenes/stage/pages.py", BAR, SCENE}
