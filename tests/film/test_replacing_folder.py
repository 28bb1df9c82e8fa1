"""A folder appears whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from film.atomic import replacing_folder
from film.errors import FilmError


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def fill(target: Path, text: str, error: Exception | None = None) -> None:
    before = contents(target)
    with replacing_folder(target, known_by="index.html") as folder:
        (folder / "clips").mkdir()
        (folder / "clips" / "a.mp4").write_text(text)
        (folder / "index.html").write_text(text)
        assert contents(target) == before
        assert target.exists() == bool(before)
        if error is not None:
            raise error


def test_a_folder_replaces_the_old_one_as_a_whole(tmp_path: Path) -> None:
    target = tmp_path / "talks" / "kraft.deck"
    fill(target, "old")
    (target / "clips" / "left over.mp4").write_text("old")
    fill(target, "new")
    assert {path.relative_to(target).as_posix() for path in target.rglob("*")} == {"clips", "clips/a.mp4", "index.html"}
    assert (target / "index.html").read_text() == "new"
    assert [path.name for path in target.parent.iterdir()] == ["kraft.deck"]


def test_a_failure_keeps_the_old_folder_and_leaves_nothing(tmp_path: Path) -> None:
    target = tmp_path / "kraft.deck"
    fill(target, "old")
    with pytest.raises(ZeroDivisionError):
        fill(target, "new", ZeroDivisionError())
    assert (target / "clips" / "a.mp4").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["kraft.deck"]


def test_an_error_of_the_system_passes_through(tmp_path: Path) -> None:
    target = tmp_path / "site"
    target.mkdir()
    (target / "a").write_text("one")
    with pytest.raises(OSError, match="nowhere"), replacing_folder(target) as new:
        (new / "b").rename(tmp_path / "nowhere")
    assert [path.name for path in target.iterdir()] == ["a"]
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_is_not_replaced_by_a_folder(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("mine")
    with pytest.raises(FilmError, match="is a file, and a folder should go there"), replacing_folder(tmp_path / "site"):
        pass
    assert (tmp_path / "site").read_text() == "mine"


@pytest.mark.parametrize("name", ["notes.txt", "clips/notes.txt"])
def test_a_folder_of_somebody_is_not_touched(tmp_path: Path, name: str) -> None:
    own = tmp_path / "kraft.deck" / name
    own.parent.mkdir(parents=True)
    own.write_text("mine")
    with pytest.raises(FilmError, match=r"kraft\.deck: is not what was made here before.*move it away"):
        fill(tmp_path / "kraft.deck", "new")
    assert own.read_text() == "mine"


def test_what_a_killed_run_left_is_removed(tmp_path: Path) -> None:
    with replacing_folder(tmp_path / "kraft.deck", known_by="index.html") as folder:
        pattern = folder.name
    process = pattern.split(".partial")[0].rpartition("-")[0].rpartition("-")[2]
    left = tmp_path / pattern.replace(f"-{process}-", "-999999999-")
    (left / "clips").mkdir(parents=True)
    fill(tmp_path / "kraft.deck2", "another")
    assert left.is_dir()
    (tmp_path / "kraft.deck" / "index.html").write_text("made")
    fill(tmp_path / "kraft.deck", "new")
    assert not left.exists()
