"""A video is made of whole pieces, or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from film.chapter import compose
from film.errors import FilmError
from film.join import join
from film.piece import Clip, Piece
from film.store import Store
from film.video import Video
from narration.timetable import TimedBeat, Timetable

from . import moving_picture


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


@pytest.fixture
def video(store: Store, tmp_path: Path) -> Video:
    """A video of one piece."""

    def fill(folder: Path) -> None:
        clip = tmp_path / "clip.mp4"
        frames = len(moving_picture.write(clip))
        seconds = frames / moving_picture.RATE
        beat = TimedBeat("only", "", 0.0, seconds, 0, frames, 0.0, seconds, "silence", (), (), ())
        table = Timetable("trial", "A trial", moving_picture.RATE, frames, (beat,))
        Piece(folder).write(clip, moving_picture.picture(0)[:, :, :3], table, np.zeros(0, np.float32))

    return Video("trial", "A trial", "A square moves", (Clip((Piece(store.put("key", fill)),)),))


def test_whole_pieces_make_a_video(video: Video, store: Store, tmp_path: Path) -> None:
    made = compose(video, tmp_path / "out", store)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(path.name for path in made.files)


@pytest.mark.parametrize("file", ["clip.mp4", "timetable.json", "narration.npy"])
def test_a_piece_damaged_before_it_is_read_is_named(video: Video, store: Store, tmp_path: Path, file: str) -> None:
    (store.folder / "key" / file).write_bytes(b"")
    with pytest.raises(FilmError, match=r"store/key: was damaged while trial was made of it; run again"):
        compose(video, tmp_path / "out", store)
    assert not (tmp_path / "out").exists()


def test_a_piece_damaged_while_it_is_read_makes_no_video(
    video: Video, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def join_and_damage(clips: Any, out: Path) -> int:
        data = bytearray(clips[0].read_bytes())
        data[len(data) // 2] ^= 1
        clips[0].write_bytes(data)
        return join(clips, out)

    monkeypatch.setattr("film.chapter.join", join_and_damage)
    with pytest.raises(FilmError, match="was damaged while trial was made of it"):
        compose(video, tmp_path / "out", store)
    assert not (tmp_path / "out").exists()
