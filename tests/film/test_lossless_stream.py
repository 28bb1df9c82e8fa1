"""Exact pictures: what is read is what was drawn, and over the ground they are the pictures of the films."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from film.clip.pictures import bled, over
from film.clip.streams import converted
from film.drawing.lossless_stream import LosslessStream, read_lossless, straight
from film.drawing.tiles import Tiles
from film.look import Look
from film.quality import Quality
from film.scene_job import SceneJob
from scenes.card import Card
from scenes.stage.theme import GROUND

from .in_process import render_clip

UNDER = [round(255 * part) for part in GROUND.to_rgb()]


@given(st.integers(0, 255), st.lists(st.integers(0, 255), min_size=3, max_size=3))
def test_straight_colour_is_what_was_multiplied(alpha: int, colour: list[int]) -> None:
    multiplied = [(part * alpha + 127) // 255 for part in colour]
    found = straight(np.array([[*multiplied, alpha]], np.uint8))[0].astype(int)
    assert found[3] == alpha
    again = [(part * alpha + 127) // 255 for part in found[:3]]
    assert again == multiplied
    if alpha == 255:
        assert found[:3].tolist() == colour


def test_pictures_and_their_times_are_kept(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    stream = LosslessStream(tmp_path / "a.mov", 96, 64, 15)
    pixels = np.zeros((64, 96, 4), np.uint8)
    shown: list[NDArray[np.uint8]] = []
    for count in (1, 40, 3):
        pixels[:32, :32] = rng.integers(0, 256, (32, 32, 1))  # all four alike: a grey multiplied by its opacity
        changed = Tiles(96, 64)
        changed.mark([(0, 0, 32, 32)])
        stream.show(pixels, changed, count)
        shown += [straight(pixels)] * count
    stream.show(pixels, Tiles(96, 64), 5)
    shown += [straight(pixels)] * 5
    stream.close()
    found = [part.pixels for part in read_lossless(stream.target, 15, stream.frames) for _ in range(part.count)]
    assert len(found) == len(shown) == 49
    assert all(np.array_equal(one, other) for one, other in zip(found, shown, strict=True))


@pytest.mark.parametrize("aspect", ["16:9", "1:1", "9:16"])
def test_over_the_ground_they_are_the_pictures_of_the_films(tmp_path: Path, aspect: str) -> None:
    quality, card = Quality("tiny", 180, 15), Card("above", "Title", "below", seconds=2.0)
    looks = [Look("dark", aspect, lossless) for lossless in (False, True)]  # type: ignore[arg-type]
    clips = [render_clip(SceneJob(quality, card=card, look=look), tmp_path / str(look.lossless)) for look in looks]
    (plain,), (exact,) = clips[0].pieces, clips[1].pieces
    table = exact.timetable()
    assert table.frames == plain.timetable().frames == 30
    pictures = list(read_lossless(exact.lossless, 15, table.frames))
    width, height = {"16:9": (320, 180), "1:1": (180, 180), "9:16": (180, 320)}[aspect]
    assert pictures[0].pixels.shape == (height, width, 4)
    assert np.asarray(Image.open(plain.last_frame)).shape == (height, width, 3)
    assert (over(pictures[0].pixels, UNDER)[..., :3] == UNDER).all()
    middle = next(part.pixels for part in pictures if part.count > 5)  # the card stands
    assert (middle[..., 3] > 0).mean() > 0.005


def test_a_taller_frame_shows_the_same_stage(tmp_path: Path) -> None:
    card = Card("above", "Title", "below", seconds=2.0)
    found = {}
    for aspect, lines in (("16:9", 90), ("1:1", 160)):  # 160 pixels wide, both
        job = SceneJob(Quality("tiny", lines, 15), card=card, look=Look("dark", aspect, lossless=True))  # type: ignore[arg-type]
        (piece,) = render_clip(job, tmp_path / str(lines)).pieces
        standing = max(read_lossless(piece.lossless, 15, 30), key=lambda part: part.count)
        rows = np.flatnonzero(standing.pixels[..., 3].any(axis=1))
        found[aspect] = standing.pixels[rows[0] : rows[-1] + 1], rows
    wide, square = found["16:9"][0], found["1:1"][0]
    assert np.abs(len(wide) - len(square)) <= 1
    assert abs(found["1:1"][1].mean() - 80) < 4  # the stage, not the frame with its caption band, is in the middle
    assert found["16:9"][1].mean() < 44


def test_colour_runs_over_into_what_is_transparent() -> None:
    pixels = np.zeros((40, 40, 4), np.uint8)
    pixels[10, 10] = 200, 100, 50, 128
    found = bled(pixels)
    assert np.array_equal(found[..., 3], pixels[..., 3])
    assert np.array_equal(found[10, 10], pixels[10, 10])
    assert np.abs(found[10:12, 10:12, :3].astype(int) - (200, 100, 50)).max() <= 4
    assert not found[32:, 32:].any()


@pytest.mark.parametrize("pixel_format", ["yuva420p", "yuva444p10le"])
def test_opacity_is_converted_exactly(pixel_format: str) -> None:
    pixels = np.zeros((480, 854, 4), np.uint8)
    pixels[100:200, 300:400] = 255
    for _ in range(20):
        frame = converted(pixels, pixel_format)
        bits = np.uint16 if pixel_format.endswith("le") else np.uint8
        plane = np.frombuffer(bytes(frame.planes[3]), bits).reshape(480, -1)[:, :854].astype(np.int64)
        assert set(np.unique(plane).tolist()) == {0, np.iinfo(np.uint8).max if bits == np.uint8 else 1023}
        assert plane[100:200, 300:400].all()
        assert int((plane > 0).sum()) == 100 * 100
