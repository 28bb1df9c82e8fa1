"""Files appear whole or not at all."""

from __future__ import annotations

import errno
import multiprocessing
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest

from film.atomic import ensure_space, replacing, replacing_all
from film.errors import FilmError


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def _write_half(target: Path, error: Exception) -> None:
    with replacing(target) as partial:
        partial.write_text("half")
        raise error


def _write_first(targets: Sequence[Path], error: Exception) -> None:
    with replacing_all(targets) as (first, *_):
        first.write_text("new")
        raise error


def test_file_appears_whole_and_alone(tmp_path: Path) -> None:
    target = tmp_path / "new folder" / "film.mp4"
    with replacing(target) as partial:
        partial.write_text("whole")
        assert partial.suffix == ".mp4"
        assert partial.parent == target.parent
        assert not target.exists()
    assert target.read_text() == "whole"
    assert _names(target.parent) == ["film.mp4"]


def test_failure_keeps_the_old_file_and_leaves_nothing(tmp_path: Path) -> None:
    target = tmp_path / "film.mp4"
    target.write_text("old")
    with pytest.raises(ZeroDivisionError):
        _write_half(target, ZeroDivisionError())
    assert target.read_text() == "old"
    assert _names(tmp_path) == ["film.mp4"]


def test_set_of_files_waits_for_all(tmp_path: Path) -> None:
    targets = [tmp_path / "a.srt", tmp_path / "a.vtt"]
    targets[0].write_text("old")
    with pytest.raises(ValueError, match="second"):
        _write_first(targets, ValueError("second"))
    assert targets[0].read_text() == "old"
    assert not targets[1].exists()
    with replacing_all(targets) as partials:
        for partial in partials:
            partial.write_text(partial.suffix)
    assert [target.read_text() for target in targets] == [".srt", ".vtt"]
    assert len(_names(tmp_path)) == 2


def test_a_writer_inside_a_set_leaves_names_and_errors_to_the_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    targets = [tmp_path / "film.mp4", tmp_path / "film.srt"]
    with replacing_all(targets) as partials:
        for partial in partials:
            with replacing(partial) as inner:
                inner.write_text("whole")
            assert not any(target.exists() for target in targets)
    assert _names(tmp_path) == ["film.mp4", "film.srt"]
    full = OSError(errno.ENOSPC, "full")
    with pytest.raises(FilmError, match=r"film\.mp4: no space left"), replacing_all(targets) as partials:
        _write_half(partials[0], full)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=0))
    with pytest.raises(FilmError, match=r"/film\.mp4: no space left"), replacing_all(targets) as partials:
        ensure_space(partials[0], 1)
    assert _names(tmp_path) == ["film.mp4", "film.srt"]


def test_forgotten_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), replacing(tmp_path / "film.mp4"):
        pass
    assert _names(tmp_path) == []


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_full_disk_says_how_much_is_free(tmp_path: Path, number: int) -> None:
    target = tmp_path / "film.mp4"
    with pytest.raises(FilmError, match=r"film\.mp4: no space left on the disk, free \d+\.\d MB"):
        _write_half(target, OSError(number, os.strerror(number)))
    assert _names(tmp_path) == []


def test_space_is_asked_for_beforehand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=3_000_000))
    ensure_space(tmp_path / "new folder" / "film.mp4", 3_000_000)
    with pytest.raises(FilmError, match=r"free 3\.0 MB .*about 4\.0 MB are needed"):
        ensure_space(tmp_path / "new folder" / "film.mp4", 4_000_000)


def test_folder_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "film.mp4").mkdir()
    with pytest.raises(FilmError, match=r"film\.mp4: is a folder"), replacing(tmp_path / "film.mp4"):
        pytest.fail("nothing should be written")


def test_file_instead_of_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "films").write_text("a file")
    with pytest.raises(FilmError, match="films"), replacing(tmp_path / "films" / "film.mp4"):
        pytest.fail("nothing should be written")


def _die_while_writing(target: Path) -> None:
    with replacing(target) as partial:
        partial.write_text("half")
        os._exit(9)


def test_what_a_killed_run_left_is_removed_and_a_living_run_is_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "film.mp4"
    killed = multiprocessing.get_context("spawn").Process(target=_die_while_writing, args=(target,))
    killed.start()
    killed.join()
    assert not target.exists()
    assert len(_names(tmp_path)) == 1
    with replacing(target) as ours, replacing(target) as other:
        ours.write_text("ours")
        other.write_text("other")
        assert len(_names(tmp_path)) == 2
    assert _names(tmp_path) == ["film.mp4"]
    assert target.read_text() == "ours"
